package io.tidegate.figures;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many durations fell into each class: what of one minute, node or app may be added to
 * another's and still tells true percentiles. A class is at most a quarter of its value wide; from
 * 65 us to two minutes there are 80.
 */
public final class LatencyCounts {
  /** As many as reach two minutes; what is longer is counted in the last. */
  static final int CLASSES = 80;

  public static final LatencyCounts NONE = new LatencyCounts(new long[CLASSES]);

  /** 65,536 ns: below that all are of the first class. */
  private static final int UNIT_BITS = 16;

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] counts;

  LatencyCounts(long[] counts) {
    this.counts = counts;
  }

  /** Which class a duration is of. */
  static int classOf(long nanos) {
    long units = Math.max(0, nanos) >>> UNIT_BITS;
    if (units < 4) {
      return (int) units;
    }
    int octave = 63 - Long.numberOfLeadingZeros(units);
    int at = 4 * (octave - 1) + (int) ((units >>> (octave - 2)) & 3);
    return Math.min(at, CLASSES - 1);
  }

  /** Where a class begins, in ns. */
  private static double begin(int at) {
    double units = at < 4 ? at : (4 + (at & 3)) * (double) (1L << ((at >> 2) - 1));
    return units * (1 << UNIT_BITS);
  }

  /**
   * @param byClass as {@link #byClass} tells them; what is no class is left out
   */
  public static LatencyCounts of(Map<Integer, Long> byClass) {
    long[] counts = new long[CLASSES];
    byClass.forEach(
        (at, count) -> {
          if (at >= 0 && at < CLASSES) {
            counts[at] = count;
          }
        });
    return new LatencyCounts(counts);
  }

  /** Those classes that have any. */
  public Map<Integer, Long> byClass() {
    Map<Integer, Long> some = new TreeMap<>();
    for (int i = 0; i < CLASSES; i++) {
      if (counts[i] != 0) {
        some.put(i, counts[i]);
      }
    }
    return some;
  }

  public long total() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  public LatencyCounts plus(LatencyCounts other) {
    long[] sums = counts.clone();
    for (int i = 0; i < CLASSES; i++) {
      sums[i] += other.counts[i];
    }
    return new LatencyCounts(sums);
  }

  /** What came since these were an earlier state of the same. */
  public LatencyCounts since(LatencyCounts earlier) {
    long[] differences = counts.clone();
    for (int i = 0; i < CLASSES; i++) {
      differences[i] = Math.max(0, differences[i] - earlier.counts[i]);
    }
    return new LatencyCounts(differences);
  }

  /**
   * So many of all are not longer than this, in ms; within a class they are taken for evenly
   * spread.
   *
   * @param share above 0, at most 1
   */
  public double quantileMillis(double share) {
    long total = total();
    double rank = share * total;
    long before = 0;
    for (int i = 0; i < CLASSES; i++) {
      if (counts[i] != 0 && before + counts[i] >= rank) {
        double within = (rank - before) / counts[i];
        return (begin(i) + within * (begin(i + 1) - begin(i))) / NANOS_PER_MILLI;
      }
      before += counts[i];
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyCounts those && java.util.Arrays.equals(counts, those.counts);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return byClass().toString();
  }
}
