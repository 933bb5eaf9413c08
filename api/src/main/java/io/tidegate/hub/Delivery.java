package io.tidegate.hub;

import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a feed hands to a shard, in order, over the shard's event loop. */
sealed interface Delivery {
  Shard shard();

  /**
   * The next messages.
   *
   * @param sinceNanos when they came, {@code nanoTime}
   */
  record Run(Shard shard, List<EncodedMessage> messages, int weight, long sinceNanos)
      implements Delivery {}

  /** The run is broken; it goes on behind {@code to}. */
  record Jump(Shard shard, Position to, String reason) implements Delivery {}

  /** The feed knows where the channel is; subscriptions may begin. */
  record Started(Shard shard, Position at) implements Delivery {}

  /**
   * Messages were dropped here because the loop was too far behind: read them from the store.
   *
   * @param to the last of them; {@link #TAKEN} once the loop has seen it
   */
  record Missed(Shard shard, AtomicLong to) implements Delivery {
    static final long TAKEN = -1;

    /** From the feed: one more was dropped; false when it is too late to tell it with this one. */
    boolean extend(long seq) {
      return to.updateAndGet(before -> before == TAKEN ? TAKEN : seq) != TAKEN;
    }

    long take() {
      return to.getAndSet(TAKEN);
    }
  }
}
