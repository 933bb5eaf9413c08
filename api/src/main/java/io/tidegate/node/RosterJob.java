package io.tidegate.node;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.connection.ConnectionView;
import io.tidegate.connection.Insight;
import io.tidegate.hub.Hub;
import io.tidegate.json.StrictJson;
import io.tidegate.roster.Inventory;
import io.tidegate.roster.Questions;
import io.tidegate.roster.RedisRosterBeat;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Has the other nodes told of this node's connections and of who subscribes to what here. */
@Singleton
@Requires(condition = Linked.class)
class RosterJob implements ApplicationEventListener<ServerStartupEvent> {
  private final RedisRosterBeat beat;
  private final Sessions sessions;
  private final Hub hub;
  private final Insight insight;
  private final Questions questions;

  RosterJob(
      RedisRosterBeat beat, Sessions sessions, Hub hub, Insight insight, Questions questions) {
    this.beat = beat;
    this.insight = insight;
    this.questions = questions;
    this.sessions = sessions;
    this.hub = hub;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    beat.start(this::connections, this::subscribers);
    questions.answer(insight::answer);
  }

  private void connections(Inventory.Visitor visitor) {
    for (Session session : sessions.matching(ConnectionView::isListed)) {
      AppPrincipal who = session.principal();
      if (who != null) {
        visitor.entry(
            who.app(),
            session.connectionId(),
            version(session, who),
            () -> StrictJson.write(ConnectionView.of(session, sessions.node())));
      }
    }
  }

  /** One that was resumed here is another, with the same id. */
  private static int version(Session session, AppPrincipal who) {
    return Objects.hash(
        System.identityHashCode(session),
        who.key(),
        who.clientId(),
        session.progress().subscriptions(),
        magnitude(session.progress().lag()),
        magnitude(session.progress().unsentBytes()));
  }

  /** That a connection is behind is told, and by how much about: not each message more or less. */
  private static int magnitude(long count) {
    return Long.SIZE - Long.numberOfLeadingZeros(count);
  }

  private void subscribers(Inventory.Visitor visitor) {
    hub.occupied(
        (channel, count) -> {
          if (count > 0) {
            String name = channel.name().value();
            visitor.entry(channel.app(), name, count, () -> Integer.toString(count));
          }
        });
  }
}
