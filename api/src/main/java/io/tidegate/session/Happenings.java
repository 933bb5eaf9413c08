package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What connections do, told to who listens to their apps' logs; and which of them are those who do.
 * On the sessions' loops. Costs one read while nobody listens. Polls are requests and no
 * connections, and not told of: who polls the log would be told of that for ever.
 */
final class Happenings {
  private final MetaLog log;

  Happenings(MetaLog log) {
    this.log = log;
  }

  void opened(Session session) {
    tell(session, "connection.opened", null, null, null);
  }

  /**
   * @param reason null when the client left
   */
  void closed(Session session, @Nullable RefusedException reason) {
    tell(session, "connection.closed", null, null, reason);
  }

  /**
   * @param id of the frame that asked for it, null when none did
   */
  void subscribed(Session session, @Nullable String id, ChannelName channel) {
    tell(session, "subscription.added", id, channel, null);
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
