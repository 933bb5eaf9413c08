package io.tidegate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
  private static final long MILLI = 1_000_000;

  private static LatencyCounts counted(List<Long> nanos) {
    Latencies latencies = new Latencies();
    nanos.forEach(latencies::record);
    return latencies.counts();
  }

  /** A class is a quarter of its value wide at most, and 65 us where values are small. */
  @Property(tries = 300)
  void quantileIsNearTheTrueOne(
      @ForAll @Size(min = 1, max = 300)
          List<@LongRange(min = 0, max = 100_000 * MILLI) Long> some) {
    long[] sorted = some.stream().mapToLong(Long::longValue).sorted().toArray();
    LatencyCounts counts = counted(some);
    for (double share : new double[] {0.5, 0.95, 0.99, 1}) {
      double truly = sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
      assertThat(counts.quantileMillis(share)).isCloseTo(truly, within(0.07 + truly / 4));
    }
  }

  @Property(tries = 200)
  void partsAddUpToTheWhole(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 10_000 * MILLI) Long> some,
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 10_000 * MILLI) Long> others) {
    Latencies both = new Latencies();
    some.forEach(both::record);
    LatencyCounts first = both.counts();
    others.forEach(both::record);

    assertThat(counted(some).plus(counted(others))).isEqualTo(both.counts());
    assertThat(both.counts().since(first)).isEqualTo(counted(others));
    assertThat(both.counts().total()).isEqualTo(some.size() + others.size());
  }

  @Property(tries = 100)
  void whatIsWrittenDownIsReadAgain(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 10_000 * MILLI) Long> some) {
    LatencyCounts counts = counted(some);

    assertThat(LatencyCounts.of(counts.byClass())).isEqualTo(counts);
  }

  @Test
  void whatIsLongerThanAnyClassIsInTheLast() {
    LatencyCounts counts = counted(Arrays.asList(Long.MAX_VALUE, -5L));

    assertThat(counts.byClass()).isEqualTo(Map.of(0, 1L, LatencyCounts.CLASSES - 1, 1L));
    assertThat(counts.quantileMillis(1)).isGreaterThan(60_000);
  }

  @Test
  void classesOfAnotherVersionAreLeftOut() {
    assertThat(LatencyCounts.of(Map.of(-1, 5L, 500, 5L, 3, 2L)).total()).isEqualTo(2);
    assertThat(LatencyCounts.NONE.quantileMillis(0.5)).isZero();
  }
}
