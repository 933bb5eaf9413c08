package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = Backoff.STANDARD;

  @Test
  void aTargetThatIsDeadIsAskedLessAndLessUpToACeiling() {
    assertThat(backoff.bound(0, 0)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.bound(5, 25)).isEqualTo(Duration.ofMillis(6_400));
    assertThat(backoff.bound(12, 40)).isEqualTo(Duration.ofMinutes(10));
    assertThat(backoff.bound(5_000, 100_000)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void whatATargetThatTakesOtherThingsDoesNotTakeComesBackStepByStep() {
    assertThat(backoff.bound(9, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.bound(9, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.bound(100_000, 0)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aTargetThatMostlyFailsIsNotTakenForDead() {
    assertThat(backoff.bound(4, 4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.bound(9, 20)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.bound(20, 20)).isEqualTo(Duration.ofMillis(4_200));
  }

  @Test
  void pausesAreDrawnFromNothingUpToTheBound() {
    long bound = backoff.bound(3, 3).toMillis();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      long drawn = backoff.after(3, 3).toMillis();
      least = Math.min(least, drawn);
      most = Math.max(most, drawn);
    }
    assertThat(least).isBetween(0L, bound / 10);
    assertThat(most).isBetween(bound - bound / 10, bound);
  }
}
