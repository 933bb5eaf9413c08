package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AllowancesTest {
  private final ManualNanos clock = new ManualNanos();
  private final Allowances allowances = new MemoryAllowances(clock);

  @Test
  void rateChecksItself() {
    assertThat(Rate.perSecond(0)).isEqualTo(new Rate(0, 1));
    assertThat(Rate.of(null, 5L)).isNull();
    assertThat(Rate.of(3L, null)).isEqualTo(new Rate(3, 3));
    assertThat(Rate.of(3L, 0L)).isEqualTo(new Rate(3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
  }

  @Test
  void standingOfARateOfNothingHasNothingLeft() {
    Rate none = Rate.perSecond(0);
    assertThat(Standing.of("publishes", none, allowances.bucket("publishes")))
        .isEqualTo(new Standing("publishes", 1, 1, 0, 1));
  }

  @Test
  void standingRoundsUpToWholeSeconds() {
    Rate rate = new Rate(10, 100);
    Bucket bucket = allowances.bucket("publishes");
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 100, 0));
    bucket.take(1, rate);
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 99, 1));
    bucket.take(20, rate);
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 79, 3));
  }
}
