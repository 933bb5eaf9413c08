package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.broker.Broker;
import io.tidegate.figures.Buckets;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.Refused;
import io.tidegate.management.Meters.Reading;
import io.tidegate.publish.Publisher;
import io.tidegate.store.Replay;
import io.tidegate.tail.StoreTail;
import io.tidegate.tail.TailRepair;
import io.tidegate.tenant.Limit;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What is published and how it gets to the clients. */
@Singleton
final class DeliveryMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Meters meters;
  private final Hub hub;
  private final Publisher publisher;
  private final Replay replay;
  private final Broker broker;
  private final Quotas quotas;
  private final TailRepair tails;

  DeliveryMetrics(
      Meters meters,
      Hub hub,
      Publisher publisher,
      Replay replay,
      Broker broker,
      Quotas quotas,
      TailRepair tails) {
    this.meters = meters;
    this.hub = hub;
    this.publisher = publisher;
    this.replay = replay;
    this.broker = broker;
    this.quotas = quotas;
    this.tails = tails;
  }

  /** Not a MeterBinder: registries bind before the database is there, which these parts need. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.channels", "Channels with a subscription here", hub::channels);
    meters.gauge("tidegate.window.bytes", "Messages kept in windows", broker::windowBytes);
    meters.gauge("tidegate.inbox.bytes", "Waiting for event loops", of(FanoutLoop::inboxBytes));
    meters.gauge("tidegate.ring.bytes", "Kept for slow clients", of(FanoutLoop::ringBytes));
    meters.counter("tidegate.publishes", "Publish requests", publisher::units);
    meters.counter("tidegate.publishes.refused", "Publishes refused", publisher::refusals);
    meters.counter("tidegate.messages", "Messages accepted", publisher::messages);
    meters.counter("tidegate.message.bytes", "Data of accepted messages", publisher::bytes);
    meters.counter("tidegate.deliveries", "Delivered live", of(FanoutLoop::delivered));
    meters.counter("tidegate.sent.bytes", "Given to clients' lines", of(FanoutLoop::sentBytes));
    meters.counter(
        "tidegate.received.bytes", "Got in WebSocket frames", of(FanoutLoop::receivedBytes));
    meters.counter("tidegate.inbox.overflows", "Inbox full", of(FanoutLoop::overflowed));
    reads("blocks", replay::blockReads);
    reads("growth", replay::growthReads);
    reads("repairs", replay::repairReads);
    meters.histogram(
        "tidegate_fanout_seconds",
        "From numbered to written to every client that keeps up, per batch",
        NANOS_PER_SECOND,
        this::latencies);
    for (String store : List.of("log", "window")) {
      tail("tidegate.tail.repairs", "Channels found behind", store, StoreTail::repairs);
      tail("tidegate.tail.gaps", "Trails found incomplete", store, StoreTail::gaps);
      tail("tidegate.tail.failures", "Trails not read", store, StoreTail::failures);
    }
    for (Limit limit : Limit.values()) {
      refusedBy(limit.wireName());
    }
    refusedBy(Refused.FAILED_AUTHENTICATIONS);
  }

  private void reads(String of, Reading reading) {
    meters.counter("tidegate.replay.reads", "Reads of messages from the store", reading, "of", of);
  }

  /** Stays 0 on a node that is alone. */
  private void tail(String name, String what, String store, ToLongFunction<StoreTail> reading) {
    meters.counter(
        name,
        what,
        () ->
            tails.stores().stream()
                .filter(one -> one.name().equals(store))
                .mapToLong(reading)
                .sum(),
        "store",
        store);
  }

  private void refusedBy(String limit) {
    meters.counter(
        "tidegate.limit.refusals",
        "Refused by a limit",
        () -> quotas.refused().of(limit),
        "limit",
        limit);
  }

  private List<Buckets> latencies() {
    // One that stays empty: there is a series before the first loop has a client.
    List<Buckets> all = new ArrayList<>(List.of(Buckets.ofLatency()));
    hub.loops().forEach(loop -> all.add(loop.latency()));
    return all;
  }

  /** The sum over all event loops. */
  private Reading of(ToLongFunction<FanoutLoop> reading) {
    return () -> {
      long sum = 0;
      for (FanoutLoop loop : hub.loops()) {
        sum += reading.applyAsLong(loop);
      }
      return sum;
    };
  }
}
