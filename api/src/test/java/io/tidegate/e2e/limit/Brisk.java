package io.tidegate.e2e.limit;

import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * Plays what has to happen before a rate gives more, or a delay is over. A play during which a busy
 * machine took too long says nothing: what it found is passed over, and it is played again with a
 * number of its own. One that was quick enough counts.
 */
final class Brisk {
  private static final int PLAYS = 60;

  private Brisk() {}

  static void within(Duration time, IntConsumer play) {
    for (int number = 1; ; number++) {
      long begun = System.nanoTime();
      try {
        play.accept(number);
        return;
      } catch (AssertionError fault) {
        if (System.nanoTime() - begun < time.toNanos() || number == PLAYS) {
          throw fault;
        }
      }
    }
  }
}
