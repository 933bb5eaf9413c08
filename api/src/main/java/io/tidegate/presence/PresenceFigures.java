package io.tidegate.presence;

import java.util.concurrent.atomic.LongAdder;

/** What this node has to do with presence, counted. */
public final class PresenceFigures {
  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder pages = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder refreshes = new LongAdder();
  private final LongAdder losses = new LongAdder();
  private final LongAdder reaped = new LongAdder();

  /** A client of this node is a member now, be it that it came from another node. */
  public void enter() {
    entered.increment();
  }

  /** It is not, or its connection is over. */
  public void leave() {
    left.increment();
  }

  void page() {
    pages.increment();
  }

  void read() {
    reads.increment();
  }

  void refresh() {
    refreshes.increment();
  }

  void lose() {
    losses.increment();
  }

  void reap(long members) {
    reaped.add(members);
  }

  public long entered() {
    return entered.sum();
  }

  public long left() {
    return left.sum();
  }

  /** Members whose clients are connected here. */
  public long members() {
    return Math.max(0, entered() - left());
  }

  /** Pages of members given to clients who follow a channel. */
  public long pages() {
    return pages.sum();
  }

  /** Sets that were read whole from the store. */
  public long reads() {
    return reads.sum();
  }

  /** How often this node's lease was begun or refreshed, */
  public long refreshes() {
    return refreshes.sum();
  }

  /** and how often it had ended, or was unknown to the server. */
  public long losses() {
    return losses.sum();
  }

  /** Members of nodes that are gone, taken out by this one. */
  public long reaped() {
    return reaped.sum();
  }
}
