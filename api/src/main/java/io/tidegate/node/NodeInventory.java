package io.tidegate.node;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.hub.Hub;
import io.tidegate.presence.Member;
import io.tidegate.presence.PresenceStore;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Holding;
import io.tidegate.webhook.standing.Inventory;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What stands on this node: in the hub, among its members, among its connections. */
final class NodeInventory implements Inventory {
  private final Hub hub;
  private final PresenceStore members;
  private final Sessions sessions;

  NodeInventory(Hub hub, PresenceStore members, Sessions sessions) {
    this.hub = hub;
    this.members = members;
    this.sessions = sessions;
  }

  @Override
  public @Nullable Holding find(Fact fact) {
    return switch (fact.kind()) {
      case CHANNEL -> hub.subscribers(fact.channelId()) > 0 ? of(fact.channelId()) : null;
      case MEMBER -> of(members.own(fact.channelId(), fact.clientId(), fact.connectionId()));
      case CONNECTION -> of(sessions.find(fact.connectionId()), fact.app());
    };
  }

  @Override
  public void visit(@Nullable AppId app, BiConsumer<Fact, Holding> visitor) {
    hub.occupied(
        channel -> {
          if (isOf(app, channel.app()) && !channel.name().isMeta()) {
            visitor.accept(Fact.of(channel), of(channel));
          }
        });
    members.own(
        own -> {
          if (isOf(app, own.channel().app())) {
            visitor.accept(fact(own), holding(own));
          }
        });
    for (Session session : sessions.matching(one -> one.protocol().counted())) {
      AppPrincipal who = session.principal();
      if (who != null && isOf(app, who.app())) {
        visitor.accept(Fact.ofConnection(who.app(), session.connectionId()), holding(session, who));
      }
    }
  }

  private static boolean isOf(@Nullable AppId wanted, AppId app) {
    return wanted == null || wanted.equals(app);
  }

  private static Holding of(ChannelId channel) {
    return Holding.ofChannel(channel.name());
  }

  private static @Nullable Holding of(PresenceStore.@Nullable Own own) {
    return own == null ? null : holding(own);
  }

  private static Fact fact(PresenceStore.Own own) {
    return Fact.ofMember(own.channel(), own.member().clientId(), own.member().connectionId());
  }

  private static Holding holding(PresenceStore.Own own) {
    Member member = own.member();
    return Holding.ofMember(
        own.channel().name(), member.clientId(), member.connectionId(), member.data(), own.turn());
  }

  private static @Nullable Holding of(@Nullable Session session, AppId app) {
    AppPrincipal who = session == null ? null : session.principal();
    return session == null || who == null || !who.app().equals(app) ? null : holding(session, who);
  }

  private static Holding holding(Session session, AppPrincipal who) {
    return Holding.ofConnection(session.connectionId(), who.clientId(), who.key().toString());
  }
}
