package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.webhook.standing.Standings;
import jakarta.inject.Singleton;

/** What stands on this node, as far as webhooks want to know. */
@Singleton
final class StandingMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final Standings standings;

  StandingMetrics(Meters meters, Standings standings) {
    this.meters = meters;
    this.standings = standings;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.standing.held", "What stands on this node", standings::held);
    meters.gauge("tidegate.standing.waiting", "What is not written yet", standings::waiting);
    meters.counter("tidegate.standing.written", "Changes that were written", standings::written);
    meters.counter("tidegate.standing.swept", "Taken out for nodes that went", standings::swept);
    meters.counter("tidegate.standing.skipped", "What was not told", standings::skipped);
  }
}
