package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.guard.Lines;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Who is connected, how connections end, and what was refused. */
@Singleton
final class ConnectionMetrics implements ApplicationEventListener<ServerStartupEvent> {
  /** The names that the edges give their protocols. */
  private static final List<String> PROTOCOLS = List.of("websocket", "sse", "poll");

  private final Meters meters;
  private final Sessions sessions;
  private final Lines lines;

  ConnectionMetrics(Meters meters, Sessions sessions, Lines lines) {
    this.meters = meters;
    this.sessions = sessions;
    this.lines = lines;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    for (String protocol : PROTOCOLS) {
      meters.gauge(
          "tidegate.connections",
          "Connected clients",
          () -> sessions.count(protocol),
          "protocol",
          protocol);
    }
    meters.gauge("tidegate.subscriptions", "Subscriptions here", sessions::subscriptions);
    meters.gauge("tidegate.unsent.bytes", "Waiting for clients to read", sessions::unsentBytes);
    meters.gauge("tidegate.lines", "Open connections to the public port", lines::open);
    meters.gauge("tidegate.lines.limit", "How many there may be", lines::most);
    meters.counter("tidegate.lines.shut", "Closed without a word", lines::closed);
    meters.gauge("tidegate.queued.bytes", "All that waits", sessions.queues()::bytes);
    meters.gauge("tidegate.queued.limit.bytes", "Its bound", sessions.queues()::bound);
    meters.counter("tidegate.connections.opened", "Lines taken over", sessions::opened);
    for (Refusal refusal : Refusal.values()) {
      String code = Integer.toString(refusal.code());
      meters.counter(
          "tidegate.refusals",
          "Refusals told to clients",
          () -> RefusalCounts.of(refusal),
          "code",
          code,
          "reason",
          refusal.slug());
      if (refusal.closes()) {
        meters.counter(
            "tidegate.connections.ended",
            "Connections ended by this node",
            () -> ended(refusal),
            "code",
            code,
            "reason",
            refusal.slug());
      }
    }
  }

  private long ended(Refusal refusal) {
    LongAdder count = sessions.ends().get(refusal);
    return count == null ? 0 : count.sum();
  }
}
