package io.tidegate.figures;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations, from any thread, since the start: one addition per value, no allocation. */
public final class Latencies {
  private final AtomicLongArray counts = new AtomicLongArray(LatencyCounts.CLASSES);

  public void record(long nanos) {
    counts.incrementAndGet(LatencyCounts.classOf(nanos));
  }

  /** As they are now, a little apart from each other. */
  public LatencyCounts counts() {
    long[] copy = new long[LatencyCounts.CLASSES];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return new LatencyCounts(copy);
  }
}
