package io.tidegate.webhook.deliver;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Full jitter: a pause drawn evenly from nothing up to a bound, so that what failed together does
 * not come back together. The bound doubles with each failure of a target that takes nothing, and
 * grows step by step for what a target does not take that takes other things: a receiver that loses
 * seven calls of ten is not waited for as if it were dead, with all that stands behind in the
 * channel.
 *
 * @param first the bound after the first attempt, and the step
 * @param ceiling the largest one
 */
public record Backoff(Duration first, Duration ceiling) {
  /** Some 300 attempts in 24 h on a target that is dead. */
  public static final Backoff STANDARD =
      new Backoff(Duration.ofMillis(200), Duration.ofMinutes(10));

  /**
   * As many as shut the gate of a target ({@link Pace#STANDARD}). One that loses seven calls of ten
   * loses five in a row again and again, and so many once in a thousand.
   */
  private static final int BAD_LUCK = 20;

  private static final int MAX_DOUBLINGS = 30;

  /**
   * @param attempts made before the one that has failed
   * @param inARow calls that the target has not taken since it last took one
   */
  public Duration after(int attempts, int inARow) {
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(bound(attempts, inARow).toMillis() + 1));
  }

  Duration bound(int attempts, int inARow) {
    int dead = Math.max(0, inARow - BAD_LUCK);
    long doubled = first.toMillis() << Math.min(MAX_DOUBLINGS, Math.min(attempts, dead));
    long stepped = first.toMillis() * (attempts + 1L);
    return Duration.ofMillis(Math.min(ceiling.toMillis(), Math.max(doubled, stepped)));
  }
}
