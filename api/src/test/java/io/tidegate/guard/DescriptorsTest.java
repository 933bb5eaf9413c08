package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
  @ParameterizedTest
  @CsvSource({
    "512, 120, 200",
    "65536, 200, 65144",
    "256, 200, 16",
    "16, 300, 16",
    "-1, 100, 2147483647",
    "9223372036854775807, 100, 1073741824"
  })
  void asManyLinesAsAreLeftButForTheSpareOnes(long all, long inUse, int lines) {
    assertThat(Descriptors.linesAtMost(all, inUse)).isEqualTo(lines);
  }
}
