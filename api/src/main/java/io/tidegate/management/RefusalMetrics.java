package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.refusal.Refusals;
import jakarta.inject.Singleton;

/** What becomes of refusals that are to be kept for a day, and of what is told in apps' logs. */
@Singleton
final class RefusalMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final Refusals refusals;
  private final MetaLog log;

  RefusalMetrics(Meters meters, Refusals refusals, MetaLog log) {
    this.meters = meters;
    this.refusals = refusals;
    this.log = log;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.counter("tidegate.kept.refusals", "Written down", refusals::kept);
    meters.counter("tidegate.kept.refusals.sampled", "Beyond an app's share", refusals::sampled);
    meters.counter("tidegate.kept.refusals.dropped", "The database was slow", refusals::dropped);
    meters.gauge("tidegate.kept.refusals.waiting", "Not written yet", refusals::waiting);
    meters.counter("tidegate.log.events", "Told in apps' logs", log::made);
    meters.counter("tidegate.log.events.skipped", "Beyond their rate", log::skipped);
  }
}
