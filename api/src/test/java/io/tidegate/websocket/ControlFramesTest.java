package io.tidegate.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.RefusedException;
import org.junit.jupiter.api.Test;

class ControlFramesTest {
  private static final long SECOND = 1_000_000_000L;

  private final ControlFrames frames = new ControlFrames();
  private final long start = System.nanoTime();

  @Test
  void fiveASecondMayGoOnForEver() {
    assertThat(refusedAfter(10_000, SECOND / ControlFrames.PER_SECOND)).isEqualTo(10_000);
  }

  @Test
  void sixASecondMayNot() {
    int burstUsedUp = 6 * ControlFrames.BURST;
    assertThat(refusedAfter(10_000, SECOND / 6)).isBetween(ControlFrames.BURST, burstUsedUp + 6);
  }

  @Test
  void burstMayComeAtOnceAndComesBack() {
    assertThat(refusedAfter(10_000, 0)).isEqualTo(ControlFrames.BURST);
    for (int i = 0; i < ControlFrames.BURST; i++) {
      frames.take(start + 60 * SECOND);
    }
  }

  /** How many are taken, at this distance, before one is refused. */
  private int refusedAfter(int most, long nanos) {
    for (int i = 0; i < most; i++) {
      try {
        frames.take(start + SECOND + i * nanos);
      } catch (RefusedException refused) {
        return i;
      }
    }
    return most;
  }
}
