package io.tidegate.allowance;

/**
 * What is left in a bucket for any node, as far as this one knows: what the last answer said, and
 * what came since. Others can only have taken from it, or given back. Guarded by its owner.
 */
final class Elsewhere {
  private static final double NANOS = 1e9;

  private double rest;
  private long atNanos;
  private boolean known;

  /**
   * @param since when it was asked for
   */
  void heard(double left, long since) {
    rest = left;
    atNanos = since;
    known = true;
  }

  /** A bucket that was never asked for is full. */
  double left(Rate rate, long now) {
    if (!known) {
      return rate.burst();
    }
    return Math.min(rate.burst(), rest + (now - atNanos) / NANOS * rate.perSecond());
  }
}
