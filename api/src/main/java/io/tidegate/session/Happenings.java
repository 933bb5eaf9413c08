package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Holding;
import io.tidegate.webhook.standing.Kind;
import io.tidegate.webhook.standing.Witness;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What connections do, told to who listens to their apps' logs, and to webhooks that want to know;
 * and which of them are those who listen. On the sessions' loops. Costs a read of each while nobody
 * does. Polls are requests and no connections, and not told of: who polls the log would be told of
 * that for ever.
 */
final class Happenings {
  private final MetaLog log;
  private final Witness witness;

  Happenings(MetaLog log, Witness witness) {
    this.log = log;
    this.witness = witness;
  }

  void opened(Session session) {
    tell(session, "connection.opened", null, null, null);
    AppPrincipal who = followed(session);
    if (who != null) {
      witness.came(
          Fact.ofConnection(who.app(), session.connectionId()),
          Holding.ofConnection(session.connectionId(), who.clientId(), who.key().toString()));
    }
  }

  /**
   * @param reason null when the client left
   */
  void closed(Session session, @Nullable RefusedException reason) {
    tell(session, "connection.closed", null, null, reason);
    AppPrincipal who = followed(session);
    if (who != null) {
      witness.left(Fact.ofConnection(who.app(), session.connectionId()), Duration.ZERO);
    }
  }

  /**
   * @param id of the frame that asked for it, null when none did
   */
  void subscribed(Session session, @Nullable String id, ChannelName channel) {
    tell(session, "subscription.added", id, channel, null);
    AppId app = channel.isMeta() ? null : app(session);
    if (app != null && witness.follows(app, Kind.CHANNEL)) {
      witness.came(Fact.of(new ChannelId(app, channel)), Holding.ofChannel(channel));
    }
  }

  /**
   * @param reason why it has lost it, null when it wants it no more
   */
  void unsubscribed(
      Session session,
      @Nullable String id,
      ChannelName channel,
      @Nullable RefusedException reason) {
    tell(session, "subscription.removed", id, channel, reason);
  }

  void entered(Session session, ChannelName channel) {
    tell(session, "presence.enter", null, channel, null);
  }

  void updated(Session session, @Nullable String id, ChannelName channel) {
    tell(session, "presence.update", id, channel, null);
  }

  void left(Session session, ChannelName channel) {
    tell(session, "presence.leave", null, channel, null);
  }

  /** It is about to subscribe to a channel, which may be the log itself. */
  void joins(Session session, ChannelName channel) {
    AppId app = channel.isMeta() ? app(session) : null;
    if (app != null) {
      log.listen(app);
    }
  }

  /** The same once for each that has joined. */
  void parts(Session session, ChannelName channel) {
    AppId app = channel.isMeta() ? app(session) : null;
    if (app != null) {
      log.unlisten(app);
    }
  }

  /** Whose connection webhooks may want to know of; null: nobody's. Polls come and go. */
  private @Nullable AppPrincipal followed(Session session) {
    AppPrincipal who = session.protocol().counted() ? session.principal() : null;
    return who != null && witness.follows(who.app(), Kind.CONNECTION) ? who : null;
  }

  private static @Nullable AppId app(Session session) {
    AppPrincipal who = session.principal();
    return who == null ? null : who.app();
  }

  private void tell(
      Session session,
      String name,
      @Nullable String id,
      @Nullable ChannelName channel,
      @Nullable RefusedException reason) {
    AppPrincipal who = log.isHeard() && session.protocol().counted() ? session.principal() : null;
    if (who != null && log.wants(who.app())) {
      log.tell(
          who.app(),
          new LogEvent(name)
              .with("channel", channel)
              .with("code", reason == null ? null : reason.refusal().code())
              .with("keyName", who.key())
              .with("clientId", who.clientId())
              .with("requestId", id)
              .with("connectionId", session.connectionId())
              .with("protocol", session.protocol().name()));
    }
  }
}
