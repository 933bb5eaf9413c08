package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.refusal.Refusals;
import jakarta.inject.Singleton;

/** What becomes of refusals that are to be kept for a day. */
@Singleton
final class RefusalMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final Refusals refusals;

  RefusalMetrics(Meters meters, Refusals refusals) {
    this.meters = meters;
    this.refusals = refusals;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.counter("tidegate.kept.refusals", "Written down", refusals::kept);
    meters.counter("tidegate.kept.refusals.sampled", "Beyond an app's share", refusals::sampled);
    meters.counter("tidegate.kept.refusals.dropped", "The database was slow", refusals::dropped);
    meters.gauge("tidegate.kept.refusals.waiting", "Not written yet", refusals::waiting);
  }
}
