package io.tidegate.figures;

/**
 * A histogram that one thread writes and any may read, a little late: a search in a few bounds and
 * two additions per value, no allocation.
 */
public final class Buckets {
  /** 0.5 ms to 5 s, in ns: what is looked at for latency. */
  private static final long[] LATENCY = {
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    1_000_000_000L,
    5_000_000_000L
  };

  private static final long[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200};

  private final long[] bounds;
  private final long[] counts;
  private long sum;

  private Buckets(long[] bounds) {
    this.bounds = bounds;
    this.counts = new long[bounds.length + 1];
  }

  /** For nanoseconds. */
  public static Buckets ofLatency() {
    return new Buckets(LATENCY);
  }

  /** For how many messages there are in a batch. */
  public static Buckets ofSizes() {
    return new Buckets(SIZES);
  }

  /** By the owning thread only. */
  public void record(long value) {
    int at = 0;
    while (at < bounds.length && value > bounds[at]) {
      at++;
    }
    counts[at]++;
    sum += value;
  }

  /** Inclusive upper bounds; one more count than bounds, the last for what is beyond. */
  public long[] bounds() {
    return bounds.clone();
  }

  public long[] counts() {
    return counts.clone();
  }

  public long sum() {
    return sum;
  }
}
