package io.tidegate.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One measured thing, a value per round.
 *
 * @param group what was going on, e.g. {@code 8 in flight}
 * @param name what was measured
 * @param unit of the values
 * @param rounds at least one value
 * @param goal the bound it is held against, if any
 */
public record Figure(
    String group, String name, String unit, List<Double> rounds, Optional<Goal> goal) {
  /** Copies the rounds. */
  public Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a figure has a round");
    }
  }

  /** A bound the median must keep. */
  public record Goal(boolean atLeast, double bound) {
    /** The median may not be below. */
    public static Goal atLeast(double bound) {
      return new Goal(true, bound);
    }

    /** The median may not be above. */
    public static Goal atMost(double bound) {
      return new Goal(false, bound);
    }

    @Override
    public String toString() {
      return (atLeast ? ">= " : "<= ") + show(bound);
    }
  }

  /** The middle value, or the mean of the two. */
  public double median() {
    double[] sorted = rounds.stream().mapToDouble(d -> d).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The least value. */
  public double min() {
    return rounds.stream().mapToDouble(d -> d).min().orElseThrow();
  }

  /** The greatest value. */
  public double max() {
    return rounds.stream().mapToDouble(d -> d).max().orElseThrow();
  }

  /** Whether the goal, if there is one, is kept. */
  public boolean kept() {
    return goal.map(g -> g.atLeast() ? median() >= g.bound() : median() <= g.bound()).orElse(true);
  }

  /** A value with three digits that count, thousands apart. */
  public static String show(double value) {
    double size = Math.abs(value);
    if (size >= 1000 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }
}
