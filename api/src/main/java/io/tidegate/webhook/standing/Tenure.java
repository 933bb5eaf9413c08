package io.tidegate.webhook.standing;

import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The lease that this node writes under; another one, with another name, when one has ended. Until
 * there is something to hold there is none.
 */
final class Tenure {
  private final String node;
  private final StandingStore store;
  private final Pace pace;
  private int term;

  /** Null while there is none; replaced by the flush, read by who renews it. */
  private volatile @Nullable String holder;

  /** The store says that it has ended. */
  private volatile boolean lost;

  /**
   * @param node names this process and no other
   */
  Tenure(String node, StandingStore store, Pace pace) {
    this.node = node;
    this.store = store;
    this.pace = pace;
  }

  /** The lease's name, begun if need be. On the flush's thread. */
  String holder() {
    String held = holder;
    if (held == null) {
      held = node + "." + ++term;
      store.begin(held, pace.lease());
      lost = false;
      holder = held;
    }
    return held;
  }

  /** Says that the node lives. On a thread of its own. */
  void renew() {
    String held = holder;
    if (held != null && !store.renew(held, pace.lease()) && held.equals(holder)) {
      lost = true;
    }
  }

  /** What was written counts no more. */
  void lose() {
    lost = true;
  }

  /** Whether it has ended; once. The next one has another name. */
  boolean takeLoss() {
    if (!lost) {
      return false;
    }
    lost = false;
    holder = null;
    return true;
  }

  /** Ends it: others take out what is held, in its time. */
  void end() throws RefusedException {
    String held = holder;
    holder = null;
    if (held != null) {
      store.end(held);
    }
  }
}
