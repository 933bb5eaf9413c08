package io.tidegate.faults.bugs;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.tidegate.broker.Broker;
import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.hub.Hub;
import io.tidegate.trace.UnitTrace;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Stands between the broker and the hub. */
@Singleton
final class HubBug implements BeanCreatedEventListener<Hub> {
  @Override
  public Hub onCreated(BeanCreatedEvent<Hub> event) {
    Hub hub = event.getBean();
    if (Bug.SWAPS_TWO.isPlanted()) {
      event.getSource().getBean(Broker.class).listen(new Swapping(hub));
    } else if (Bug.REUSES_AN_EPOCH.isPlanted()) {
      event.getSource().getBean(Broker.class).listen(new OneEpoch(hub));
    }
    return hub;
  }

  /** Some units come with their first two messages in each other's places. */
  private record Swapping(BrokerListener hub) implements BrokerListener {
    private static final int ONE_OF = 50;

    @Override
    public void onMessages(
        ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
      boolean swaps = messages.size() > 1 && ThreadLocalRandom.current().nextInt(ONE_OF) == 0;
      hub.onMessages(channel, epoch, swaps ? swapped(messages) : messages, trace);
    }

    private static List<Message> swapped(List<Message> messages) {
      List<Message> all = new ArrayList<>(messages);
      all.set(0, at(messages.get(1), messages.get(0).seq()));
      all.set(1, at(messages.get(0), messages.get(1).seq()));
      return all;
    }

    private static Message at(Message of, long seq) {
      return new Draft(
              of.id(),
              of.name(),
              of.data(),
              of.encoding(),
              of.clientId(),
              of.connectionId(),
              of.headers(),
              of.exclude())
          .numbered(seq, of.timestamp());
    }

    @Override
    public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
      hub.onEpoch(channel, next, reason);
    }
  }

  /** Windows are always of the one epoch. */
  private record OneEpoch(BrokerListener hub) implements BrokerListener {
    @Override
    public void onMessages(
        ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
      hub.onMessages(channel, isWindow(channel) ? OneEpochBroker.EPOCH : epoch, messages, trace);
    }

    @Override
    public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
      if (!isWindow(channel)) {
        hub.onEpoch(channel, next, reason);
      }
    }

    private static boolean isWindow(ChannelId channel) {
      return !channel.name().value().startsWith("durable:");
    }
  }
}
