package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.presence.PresenceFigures;
import io.tidegate.presence.Rooms;
import jakarta.inject.Singleton;

/** Who is present over this node, and what that costs. */
@Singleton
final class PresenceMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final PresenceFigures figures;
  private final Rooms rooms;

  PresenceMetrics(Meters meters, PresenceFigures figures, Rooms rooms) {
    this.meters = meters;
    this.figures = figures;
    this.rooms = rooms;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.presence.members", "Present over this node", figures::members);
    meters.gauge("tidegate.presence.channels", "Channels followed here", rooms::count);
    meters.counter("tidegate.presence.enters", "Became members here", figures::entered);
    meters.counter("tidegate.presence.leaves", "Are members here no more", figures::left);
    meters.counter("tidegate.presence.pages", "Pages of members told", figures::pages);
    meters.counter("tidegate.presence.reads", "Sets read whole", figures::reads);
    meters.counter(
        "tidegate.presence.lease.refreshes", "Lease begun or refreshed", figures::refreshes);
    meters.counter("tidegate.presence.lease.losses", "Lease lost", figures::losses);
    meters.counter("tidegate.presence.reaped", "Members of dead nodes", figures::reaped);
  }
}
