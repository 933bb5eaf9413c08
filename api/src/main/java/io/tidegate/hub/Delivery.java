package io.tidegate.hub;

import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import java.util.List;

/** What a feed hands to a shard, in order, over the shard's event loop. */
sealed interface Delivery {
  Shard shard();

  /** The next messages. */
  record Run(Shard shard, List<EncodedMessage> messages, int weight) implements Delivery {}

  /** The run is broken; it goes on behind {@code to}. */
  record Jump(Shard shard, Position to, String reason) implements Delivery {}

  /** The feed knows where the channel is; subscriptions may begin. */
  record Started(Shard shard, Position at) implements Delivery {}

  /** Messages were dropped here because the loop was too far behind: read them from the store. */
  record Missed(Shard shard) implements Delivery {}
}
