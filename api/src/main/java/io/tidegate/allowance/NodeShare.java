package io.tidegate.allowance;

import java.util.function.IntSupplier;

/**
 * A node's even part of a bucket while the lender is away: the rate and the burst divided by the
 * nodes that live. A unit larger than this part of the burst passes when the part is full, and is
 * paid for afterwards. Keeps what was spent of it until the lender knows. Guarded by its owner.
 */
final class NodeShare {
  private static final double NANOS = 1e9;
  private static final double ROUNDING = 1e-6;

  private final IntSupplier nodes;
  private double tokens;
  private long atNanos;
  private boolean begun;

  /** Not told yet, and told with the call that is under way. */
  private long spent;

  private long telling;

  NodeShare(IntSupplier nodes) {
    this.nodes = nodes;
  }

  /**
   * Begins with a part of what there was, unless it has begun.
   *
   * @param all what all nodes could have taken
   */
  void begin(double all, long now) {
    if (!begun) {
      begun = true;
      tokens = all / nodes.getAsInt();
      atNanos = now;
    }
  }

  void end() {
    begun = false;
    telling = 0;
  }

  boolean take(long many, Rate rate, long now) {
    fill(rate, now);
    if (rate.perSecond() == 0 || tokens + ROUNDING < Math.min(many, full(rate))) {
      return false;
    }
    tokens -= many;
    spent += many;
    return true;
  }

  double left(Rate rate, long now) {
    fill(rate, now);
    return tokens;
  }

  double perSecond(Rate rate) {
    return (double) rate.perSecond() / nodes.getAsInt();
  }

  boolean isTold() {
    return spent == 0;
  }

  /**
   * What the lender has more of than it would have, had it lent what was spent here. Not all of
   * that: in a long time it would have filled up again.
   */
  long telling(Rate rate, long now) {
    fill(rate, now);
    telling = spent;
    spent = 0;
    double missing = Math.max(0, (double) rate.burst() / nodes.getAsInt() - tokens);
    return Math.min(telling, (long) Math.ceil(missing));
  }

  /** It may not have been heard. */
  void untold() {
    spent += telling;
    telling = 0;
  }

  private void fill(Rate rate, long now) {
    double more = Math.max(0, now - atNanos) / NANOS * perSecond(rate);
    tokens = Math.min(full(rate), tokens + more);
    atNanos = Math.max(atNanos, now);
  }

  private double full(Rate rate) {
    return Math.max(1, (double) rate.burst() / nodes.getAsInt());
  }
}
