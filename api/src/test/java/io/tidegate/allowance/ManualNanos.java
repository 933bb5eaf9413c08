package io.tidegate.allowance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock that a test moves. */
public final class ManualNanos implements LongSupplier {
  private long now = 1_000_000_007L;

  @Override
  public long getAsLong() {
    return now;
  }

  public void advance(long nanos) {
    now += nanos;
  }

  public void advanceMillis(long millis) {
    advance(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
