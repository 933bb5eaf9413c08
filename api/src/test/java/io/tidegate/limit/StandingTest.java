package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.allowance.Rate;
import org.junit.jupiter.api.Test;

class StandingTest {
  private final Allowances allowances = new MemoryAllowances(new ManualNanos());

  @Test
  void ofARateOfNothingNothingIsLeft() {
    Rate none = Rate.perSecond(0);
    assertThat(Standing.of("publishes", none, allowances.bucket("publishes")))
        .isEqualTo(new Standing("publishes", 1, 1, 0, 1));
  }

  @Test
  void itRoundsUpToWholeSeconds() {
    Rate rate = new Rate(10, 100);
    Bucket bucket = allowances.bucket("publishes");
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 100, 0));
    bucket.take(1, rate);
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 99, 1));
    bucket.take(20, rate);
    assertThat(Standing.of("p", rate, bucket)).isEqualTo(new Standing("p", 100, 10, 79, 3));
  }
}
