package io.tidegate.webhook.source;

import io.tidegate.broker.Broker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Position;
import io.tidegate.channel.Retention;
import io.tidegate.channel.Trail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trail of a node that is alone: nobody else publishes, and it knows what it left untold. */
public final class LocalTrail implements Trail {
  private final Broker broker;

  public LocalTrail(Broker broker) {
    this.broker = broker;
  }

  @Override
  public Step next() {
    return new Step(Map.of(), true);
  }

  @Override
  public Positions positions(List<ChannelId> channels) {
    Map<ChannelId, Position> found = new HashMap<>();
    for (ChannelId channel : channels) {
      broker
          .head(channel, Retention.NOTHING)
          .ifPresent(head -> found.put(channel, head.position()));
    }
    return new Positions(found, Set.of());
  }
}
