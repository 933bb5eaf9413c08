package io.tidegate.store;

import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * One channel in the time around a change, as {@link Switchover} sees it; guarded by its monitor.
 */
final class Moving {
  Durability inForce;
  int publishing;

  /** The last that is known of the channel as it is in force. */
  @Nullable Epoch epoch;

  /** Whether no node can begin it any more as anything else than what is in force. */
  boolean sure;

  /** The change that this node is the one to follow; 0 for none. */
  long claimed;

  /** When it turned out that another node is the one; 0 while nobody is known to be. */
  long otherNanos;

  Moving(Durability inForce, @Nullable Epoch epoch) {
    this.inForce = inForce;
    this.epoch = epoch;
    this.sure = epoch != null;
  }
}
