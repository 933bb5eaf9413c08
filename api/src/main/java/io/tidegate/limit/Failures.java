package io.tidegate.limit;

import java.util.concurrent.TimeUnit;

/**
 * How often one has been wrong of late, and how long that has it wait: so many a minute cost
 * nothing, then each next one doubles a delay (OWASP ASVS 5.0, V6.3.1). Guarded by its monitor.
 */
public final class Failures {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perMinute;
  private final int maxDoublings;

  /** Failures that count still: each counts for a minute divided by those allowed in it. */
  private double recent;

  private long atNanos;
  private int delays;
  private long delayNanos;

  /**
   * @param perMinute 1 at least
   * @param maxDoublings of a second: the longest delay
   */
  public Failures(int perMinute, int maxDoublings) {
    this.perMinute = perMinute;
    this.maxDoublings = maxDoublings;
  }

  /** One more. */
  public synchronized void count(long nowNanos) {
    long elapsed = recent == 0 ? 0 : Math.max(0, nowNanos - atNanos);
    if (elapsed > delayNanos + Math.max(delayNanos, MINUTE_NANOS)) {
      delays = 0;
    }
    recent = 1 + Math.max(0, recent - elapsed * ((double) perMinute / MINUTE_NANOS));
    atNanos = nowNanos;
    delayNanos = 0;
    if (delays > 0 || recent > perMinute - 1) {
      delayNanos = FIRST_DELAY_NANOS << Math.min(maxDoublings, delays);
      delays++;
    }
  }

  /** What was counted last was none. */
  public synchronized void takeBack() {
    recent = Math.max(0, recent - 1);
    if (delayNanos > 0) {
      delayNanos = 0;
      delays = Math.max(0, delays - 1);
    }
  }

  /** For how long there is to be waited yet, in ns; 0 and less: not at all. */
  public synchronized long left(long nowNanos) {
    return delayNanos - (nowNanos - atNanos);
  }
}
