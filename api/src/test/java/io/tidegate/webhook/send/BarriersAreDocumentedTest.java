package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every reason for which a target is not called is a row of {@code docs/webhooks.md}. */
final class BarriersAreDocumentedTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

  @Test
  void rowByRow() throws IOException {
    assertThat(ROW.matcher(ConsumersGuide.text()).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(Arrays.stream(Barrier.values()).map(Barrier::slug).toList());
  }
}
