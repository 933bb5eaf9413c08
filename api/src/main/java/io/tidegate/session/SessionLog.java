package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.logging.AccessLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection's lines in the access log: when it is known who it is, and when it ends. */
final class SessionLog {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

  private SessionLog() {}

  /** A fault of ours that ends the connection. */
  static void fault(Session session, Throwable fault) {
    LOG.error("Connection {} ends on a fault", session.connectionId(), fault);
  }

  /** Why a command is refused, when that is a fault of ours or of a store; a client's is not. */
  static void refused(Session session, RefusedException refused) {
    if (refused.refusal() == Refusal.INTERNAL) {
      LOG.error("A command of connection {} failed", session.connectionId(), refused.getCause());
    } else if (refused.getCause() != null) {
      LOG.warn(
          "A command of connection {}: {}: {}",
          session.connectionId(),
          refused.refusal(),
          refused.getCause().toString());
    }
  }

  static void opened(Session session) {
    if (AccessLog.isOn()) {
      AppPrincipal who = session.principal();
      AccessLog.write(
          "connection.opened",
          "protocol",
          session.protocol().name(),
          "connectionId",
          session.connectionId(),
          "app",
          who == null ? null : who.app().value(),
          "key",
          who == null ? null : who.key());
    }
  }

  /**
   * @param reason null when the client left
   */
  static void closed(Session session, @Nullable RefusedException reason) {
    if (AccessLog.isOn()) {
      AppPrincipal who = session.principal();
      AccessLog.write(
          "connection.closed",
          "protocol",
          session.protocol().name(),
          "connectionId",
          session.connectionId(),
          "ms",
          Duration.between(session.openedAt(), Instant.now()).toMillis(),
          "code",
          reason == null ? null : reason.refusal().code(),
          "app",
          who == null ? null : who.app().value(),
          "key",
          who == null ? null : who.key());
    }
  }
}
