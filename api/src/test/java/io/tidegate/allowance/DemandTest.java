package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DemandTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Demand demand = new Demand();

  @Test
  void whatWasWantedInThisSliceAndTheOneBeforeCounts() {
    demand.add(3, 1_000 * MILLI);
    demand.add(4, 1_099 * MILLI);
    assertThat(demand.lately(1_099 * MILLI)).isEqualTo(7);
    demand.add(5, 1_100 * MILLI);
    assertThat(demand.lately(1_199 * MILLI)).isEqualTo(12);
    assertThat(demand.lately(1_200 * MILLI)).isEqualTo(5);
    assertThat(demand.lately(1_300 * MILLI)).isZero();
  }

  @Test
  void afterAPauseOfTwoSlicesNothingIsLeft() {
    demand.add(3, 1_000 * MILLI);
    assertThat(demand.lately(1_200 * MILLI)).isZero();
    demand.add(1, 1_250 * MILLI);
    assertThat(demand.lately(1_299 * MILLI)).isEqualTo(1);
    assertThat(demand.lately(1_449 * MILLI)).isZero();
  }

  @Test
  void whatIsGivenBackWasNotWantedButNeverLessThanNothing() {
    demand.add(3, 1_000 * MILLI);
    demand.remove(1);
    assertThat(demand.lately(1_000 * MILLI)).isEqualTo(2);
    demand.remove(5);
    assertThat(demand.lately(1_000 * MILLI)).isZero();
  }
}
