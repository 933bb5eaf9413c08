package io.tidegate.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When this node last reached a store that tells of revocations. Without one for too long nobody
 * here can say whether a credential is still good, so what is known counts no more.
 */
public final class Contact {
  /** Long enough for a store to be restarted or failed over, short for whoever was locked out. */
  public static final Duration LONGEST_WITHOUT = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private volatile long lastNanos;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Contact(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** A store has answered. */
  public void reached() {
    lastNanos = nanoTime.getAsLong();
  }

  /** Whether none has for so long that a store must be asked before anything else is done. */
  public boolean isLost() {
    return nanoTime.getAsLong() - lastNanos > LONGEST_WITHOUT.toNanos();
  }

  /** Since a store answered. */
  public long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - lastNanos);
  }
}
