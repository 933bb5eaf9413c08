package io.tidegate.allowance;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The call that asks for one bucket or tally: one at a time. Guarded by its owner, but for {@link
 * #send}.
 */
final class Errand {
  private final Circle circle;
  private final Borrower owner;
  private final AtomicBoolean followed = new AtomicBoolean();
  private boolean underWay;
  private boolean failed;
  private long askedNanos;

  Errand(Circle circle, Borrower owner) {
    this.circle = circle;
    this.owner = owner;
  }

  void begin(long now) {
    underWay = true;
    askedNanos = now;
  }

  void end(boolean answered) {
    underWay = false;
    failed = !answered;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Whether the last one was not answered. */
  boolean isFailed() {
    return failed;
  }

  /** When the last one began; 0 before the first. */
  long askedNanos() {
    return askedNanos;
  }

  /** Whether the node has to decide by itself. */
  boolean isAway(long now) {
    return failed
        || !circle.lender().isUp()
        || (underWay && now - askedNanos > circle.patience().toNanos());
  }

  /**
   * The owner has something to ask, now or with the next tick. Without its monitor: the courier
   * takes them in the other order.
   */
  void send(boolean now) {
    boolean comes = !followed.getAndSet(true);
    if (now) {
      circle.courier().hurry(owner);
    } else if (comes) {
      circle.courier().follow(owner);
    }
  }

  /** The owner has nothing to ask until it is used again. */
  void rest() {
    followed.set(false);
  }
}
