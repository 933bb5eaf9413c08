package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.channel.ChannelId;
import io.tidegate.hub.Hub;
import io.tidegate.presence.PresenceStore;
import io.tidegate.session.Sessions;
import io.tidegate.tenant.Directory;
import io.tidegate.webhook.Webhooks;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Kind;
import io.tidegate.webhook.standing.Pace;
import io.tidegate.webhook.standing.StandingStore;
import io.tidegate.webhook.standing.Standings;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Tells webhooks what stands on this node, from the start of the server on. */
@Singleton
final class StandingJob implements ApplicationEventListener<ServerStartupEvent> {
  private final Standings standings;
  private final Directory directory;
  private final Hub hub;
  private final PresenceStore members;
  private final Sessions sessions;

  StandingJob(
      Standings standings, Directory directory, Hub hub, PresenceStore members, Sessions sessions) {
    this.standings = standings;
    this.directory = directory;
    this.hub = hub;
    this.members = members;
    this.sessions = sessions;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    // Behind the listener of the webhooks, which the standings read.
    directory.listen(standings::changed);
    hub.onVacated(this::vacated);
    standings.start(new NodeInventory(hub, members, sessions));
  }

  private void vacated(ChannelId channel) {
    if (!channel.name().isMeta() && standings.follows(channel.app(), Kind.CHANNEL)) {
      standings.left(Fact.of(channel), Duration.ZERO);
    }
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    @Bean(preDestroy = "close")
    Standings standings(NodeName node, Webhooks webhooks, StandingStore store) {
      return new Standings(node.value(), webhooks, store, Pace.STANDARD);
    }
  }
}
