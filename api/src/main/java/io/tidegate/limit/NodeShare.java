package io.tidegate.limit;

/**
 * A node's even part of a bucket while the lender is away: the rate and the burst divided by the
 * nodes that live. A unit larger than this part of the burst passes when the part is full, and is
 * paid for afterwards. Guarded by its owner.
 */
final class NodeShare {
  private static final double NANOS = 1e9;
  private static final double ROUNDING = 1e-6;

  private double tokens;
  private long atNanos;
  private boolean begun;

  /**
   * Begins with a part of what there was, unless it has begun.
   *
   * @param all what all nodes could have taken
   */
  void begin(double all, int nodes, long now) {
    if (!begun) {
      begun = true;
      tokens = all / nodes;
      atNanos = now;
    }
  }

  void end() {
    begun = false;
  }

  boolean take(long many, Rate rate, int nodes, long now) {
    fill(rate, nodes, now);
    double full = Math.max(1, (double) rate.burst() / nodes);
    if (rate.perSecond() == 0 || tokens + ROUNDING < Math.min(many, full)) {
      return false;
    }
    tokens -= many;
    return true;
  }

  double left(Rate rate, int nodes, long now) {
    fill(rate, nodes, now);
    return tokens;
  }

  /** How much less there is than it holds. */
  double missing(Rate rate, int nodes, long now) {
    fill(rate, nodes, now);
    return Math.max(0, (double) rate.burst() / nodes - tokens);
  }

  private void fill(Rate rate, int nodes, long now) {
    double full = Math.max(1, (double) rate.burst() / nodes);
    double more = Math.max(0, now - atNanos) / NANOS * rate.perSecond() / nodes;
    tokens = Math.min(full, tokens + more);
    atNanos = Math.max(atNanos, now);
  }
}
