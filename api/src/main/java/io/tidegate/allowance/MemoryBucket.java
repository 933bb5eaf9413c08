package io.tidegate.allowance;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket in memory, without locks: one reference, replaced by compare-and-set. Not one of
 * bucket4j's, whose configuration is a part of the bucket's state: with it every change of a
 * tenant's limits would have to find and rewrite each of its buckets, and a bucket per connection
 * would cost ten times as much.
 */
public final class MemoryBucket implements Bucket {
  private static final double NANOS = 1e9;

  /** What sums of fractions may be short of a whole token; owed later, so nothing is gained. */
  private static final double ROUNDING = 1e-6;

  /** Advice for a rate of 0: nobody knows, an hour is the longest that is ever advised. */
  private static final long NEVER_MILLIS = 3_600_000;

  private final LongSupplier nanos;

  /** Null while nothing was ever taken: full, whatever the rate. */
  private final AtomicReference<@Nullable Level> level = new AtomicReference<>();

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public MemoryBucket(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** So many tokens at that time. */
  private record Level(double tokens, long atNanos) {}

  @Override
  public Grant take(long many, Rate rate) {
    while (true) {
      Level before = level.get();
      Level now = filled(before, rate);
      if (rate.perSecond() == 0 || now.tokens + ROUNDING < many) {
        return new Grant(false, whole(now, rate), waitMillis(many - now.tokens, rate));
      }
      Level after = new Level(now.tokens - many, now.atNanos);
      if (level.compareAndSet(before, after)) {
        return new Grant(true, whole(after, rate), 0);
      }
    }
  }

  @Override
  public long takeUpTo(long most, Rate rate) {
    while (true) {
      Level before = level.get();
      Level now = filled(before, rate);
      long many = Math.min(most, whole(now, rate));
      if (many == 0 || level.compareAndSet(before, new Level(now.tokens - many, now.atNanos))) {
        return many;
      }
    }
  }

  /** More than the burst is cut off by the next taker. */
  @Override
  public void giveBack(long many) {
    level.updateAndGet(now -> now == null ? null : new Level(now.tokens + many, now.atNanos));
  }

  @Override
  public long left(Rate rate) {
    return whole(filled(level.get(), rate), rate);
  }

  private Level filled(@Nullable Level before, Rate rate) {
    long now = nanos.getAsLong();
    if (before == null) {
      return new Level(rate.burst(), now);
    }
    // Threads read the clock before they get here: time never runs back.
    long elapsed = Math.max(0, now - before.atNanos);
    double tokens = before.tokens + elapsed * (rate.perSecond() / NANOS);
    return new Level(Math.min(rate.burst(), tokens), before.atNanos + elapsed);
  }

  private static long whole(Level now, Rate rate) {
    return rate.perSecond() == 0 ? 0 : Math.max(0, (long) (now.tokens + ROUNDING));
  }

  private static long waitMillis(double missing, Rate rate) {
    return rate.perSecond() == 0
        ? NEVER_MILLIS
        : (long) Math.clamp(Math.ceil(missing * 1000 / rate.perSecond()), 1, NEVER_MILLIS);
  }
}
