package io.tidegate.otlp;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock, read once per request; from there on time is monotonic, so that no part of a
 * request lies before its beginning.
 *
 * @param startNanos since 1970
 * @param startTicks the same moment as {@code nanoTime}
 */
record TraceClock(long startNanos, long startTicks) {
  static TraceClock start() {
    Instant now = Instant.now();
    return new TraceClock(
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), System.nanoTime());
  }

  /** Since 1970. */
  long now() {
    return startNanos + (System.nanoTime() - startTicks);
  }
}
