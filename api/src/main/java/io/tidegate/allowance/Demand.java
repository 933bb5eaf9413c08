package io.tidegate.allowance;

import java.util.concurrent.TimeUnit;

/** How much was wanted in the last 100 to 200 ms. Guarded by its owner. */
final class Demand {
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private long sliceNanos;
  private long current;
  private long previous;

  void add(long many, long now) {
    roll(now);
    current += many;
  }

  /** It was not wanted after all. */
  void remove(long many) {
    current = Math.max(0, current - many);
  }

  long lately(long now) {
    roll(now);
    return previous + current;
  }

  private void roll(long now) {
    long age = now - sliceNanos;
    if (age >= SLICE_NANOS) {
      previous = age >= 2 * SLICE_NANOS ? 0 : current;
      current = 0;
      sliceNanos = now;
    }
  }
}
