package io.tidegate.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock that a test moves. */
final class ManualNanos implements LongSupplier {
  private long now = 1_000_000_007L;

  @Override
  public long getAsLong() {
    return now;
  }

  void advance(long nanos) {
    now += nanos;
  }

  void advanceMillis(long millis) {
    advance(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
