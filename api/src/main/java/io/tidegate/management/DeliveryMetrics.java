package io.tidegate.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.Refused;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.publish.Publisher;
import io.tidegate.session.Sessions;
import io.tidegate.store.Replay;
import io.tidegate.tenant.Limit;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * The figures of delivery. The parts count in plain fields; here they are read, at scrape time.
 * Labels are bounded: none names a tenant, an app or a channel.
 */
@Singleton
final class DeliveryMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final MeterRegistry registry;
  private final Hub hub;
  private final Sessions sessions;
  private final Publisher publisher;
  private final Replay replay;
  private final MemoryBroker broker;
  private final JdbcMessageLog log;
  private final Quotas quotas;

  /** Meters hold what they read weakly. */
  private final List<Reading> readings = new ArrayList<>();

  DeliveryMetrics(
      MeterRegistry registry,
      Hub hub,
      Sessions sessions,
      Publisher publisher,
      Replay replay,
      MemoryBroker broker,
      JdbcMessageLog log,
      Quotas quotas) {
    this.registry = registry;
    this.hub = hub;
    this.sessions = sessions;
    this.publisher = publisher;
    this.replay = replay;
    this.broker = broker;
    this.log = log;
    this.quotas = quotas;
  }

  /** Not a MeterBinder: registries bind before the database is there, which these parts need. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    gauge("tidegate.connections", "Connected clients", sessions::count);
    gauge("tidegate.channels", "Channels with a subscription here", hub::channels);
    gauge("tidegate.window.bytes", "Messages kept in windows", broker::windowBytes);
    gauge("tidegate.log.waiting", "Messages waiting for their commit", log::waiting);
    gauge("tidegate.inbox.bytes", "Waiting for event loops", of(FanoutLoop::inboxBytes));
    gauge("tidegate.ring.bytes", "Kept for slow clients", of(FanoutLoop::ringBytes));
    counter("tidegate.connections.opened", "Lines taken over", sessions::opened);
    counter("tidegate.publishes", "Publish requests", publisher::units);
    counter("tidegate.publishes.refused", "Publishes refused", publisher::refusals);
    counter("tidegate.messages", "Messages accepted", publisher::messages);
    counter("tidegate.deliveries", "Delivered live", of(FanoutLoop::delivered));
    counter("tidegate.inbox.overflows", "Inbox full", of(FanoutLoop::overflowed));
    counter("tidegate.replay.reads", "Reads for replay", replay::reads);
    for (Limit limit : Limit.values()) {
      refusedBy(limit.wireName());
    }
    refusedBy(Refused.FAILED_AUTHENTICATIONS);
    for (Refusal refusal : Refusal.values()) {
      if (refusal.closes()) {
        FunctionCounter.builder("tidegate.connections.ended", refusal, this::ended)
            .description("Connections ended by this node")
            .tag("reason", refusal.slug())
            .register(registry);
      }
    }
  }

  private void refusedBy(String limit) {
    FunctionCounter.builder("tidegate.limit.refusals", quotas.refused(), from -> from.of(limit))
        .description("Refused by a limit")
        .tag("limit", limit)
        .register(registry);
  }

  private double ended(Refusal refusal) {
    LongAdder count = sessions.ends().get(refusal);
    return count == null ? 0 : count.sum();
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

  /** Reads one figure. */
  private interface Reading {
    long read();
  }

  private void gauge(String name, String text, Reading reading) {
    readings.add(reading);
    Gauge.builder(name, reading, from -> from.read()).description(text).register(registry);
  }

  private void counter(String name, String text, Reading reading) {
    readings.add(reading);
    FunctionCounter.builder(name, reading, from -> from.read())
        .description(text)
        .register(registry);
  }
}
