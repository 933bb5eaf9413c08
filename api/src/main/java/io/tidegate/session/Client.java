package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.channel.Namespace;
import io.tidegate.frame.ServerEvent;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Inbound;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Circumstance;
import io.tidegate.tenant.Limit;
import io.tidegate.usage.Meter;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who is connected, and what they may. Belongs to the session's event loop. */
final class Client {
  /** So long after it let somebody move in a node has told of it at the latest. */
  private static final int MOVE_SECONDS = 5;

  private final Session session;
  private final Sessions sessions;
  private final Place place = new Place();

  // All of these are null until the client has shown a credential.
  private volatile @Nullable AppPrincipal principal;
  private @Nullable ClientQuota quota;
  private @Nullable Meter meter;

  /** What it has sent of late; null while that is unlimited. */
  private @Nullable Inbound inbound;

  private boolean echo = true;

  /** Its connection goes on at another node, and has its place there. */
  private boolean movesOut;

  /** It has come from another node, and has taken its place there along. */
  private boolean movedIn;

  Client(Session session, Sessions sessions) {
    this.session = session;
    this.sessions = sessions;
  }

  /** From any thread. */
  @Nullable AppPrincipal principal() {
    return principal;
  }

  boolean echo() {
    return echo;
  }

  /** Whether it has taken the place of its older line on another node along. */
  boolean movedIn() {
    return movedIn;
  }

  /** What it may; it has shown a credential. */
  ClientQuota quota() {
    if (quota == null) {
      throw new IllegalStateException("nobody knows yet who it is");
    }
    return quota;
  }

  int maxSubscriptions() {
    return quota().least(Limit.SUBSCRIPTIONS_PER_CONNECTION, Subscriptions.MAX);
  }

  /** As {@link Sessions#admit}, for a client that shows its credential only now. Any thread. */
  Admitted admit(AppPrincipal who, @Nullable String resumeKey) {
    return sessions
        .entrance()
        .letIn(() -> sessions.admit(who, resumeKey, session.protocol(), session.arrival()));
  }

  /** For one that was let in before: only its app's connect hook is asked again. Any thread. */
  Admitted admitAgain(AppPrincipal who) {
    return sessions.admitAgain(who, session);
  }

  /** What refuses a frame of so many bytes, or ends the connection; null within the rates. */
  @Nullable RefusedException overRate(int bytes) {
    ClientQuota may = quota;
    if (may == null || (inbound == null && !Inbound.isLimited(may))) {
      return null;
    }
    if (inbound == null) {
      inbound = new Inbound();
    }
    return inbound.over(may, bytes);
  }

  /** It has shown who it is, for the first time. */
  void authenticated(Admitted admitted, @Nullable String resumeKey, boolean withEcho) {
    AppPrincipal who = admitted.principal();
    ConnectionKeys.Kept resumed = resumeKey == null ? null : sessions.keys().read(resumeKey, who);
    Protocol protocol = session.protocol();
    if (protocol.counted()) {
      Session older = resumed == null ? null : sessions.find(resumed.id());
      try {
        AppRefusedException.of(
            who,
            () -> {
              Place given = older == null ? null : older.client().place;
              place.take(admitted.quota().tenant(), given, admitted.movesIn());
              return place;
            });
      } catch (RefusedException refused) {
        session.end(refused);
        return;
      }
    }
    if (resumed != null) {
      session.resumeAs(resumed.next());
    }
    movedIn = admitted.movesIn();
    boolean goesOn = resumed != null && who.clientId() != null;
    quota = admitted.quota();
    principal = who;
    echo = withEcho;
    meter = sessions.meters().of(who.app());
    meter.connected();
    sessions.authenticated(session, who);
    SessionLog.opened(session);
    session.happenings().opened(session);
    if (goesOn) {
      Attendance attendance = session.attendance();
      session.inTurn(() -> attendance.resume(who));
    }
    session.outbox().transport().known();
    ConnectionKeys.Kept own = new ConnectionKeys.Kept(session.connectionId(), session.turn());
    session.tell(
        new ServerEvent.Connected(
            own.id(),
            protocol.interactive() ? sessions.keys().keyOf(own, who) : null,
            resumed != null,
            who.clientId(),
            protocol.pingSeconds() * 1000L,
            quota.least(Limit.MAX_MESSAGE_BYTES, Namespace.DEFAULT_MAX_MESSAGE_BYTES),
            protocol.interactive() ? (long) maxSubscriptions() : null));
  }

  /** The same client with a fresh token: rights may shrink at once, identity may not change. */
  void renewed(@Nullable String id, Admitted admitted) {
    AppPrincipal who = admitted.principal();
    AppPrincipal before = principal;
    if (session.isEnded() || before == null) {
      return;
    }
    boolean same =
        before.app().equals(who.app()) && Objects.equals(before.clientId(), who.clientId());
    if (!same) {
      session.end(
          new RefusedException(Refusal.IDENTITY_CHANGED, "the token is of another client or app"));
      return;
    }
    quota = admitted.quota();
    narrow(who);
    session.vitals().renewed();
    if (id != null) {
      session.tell(new ServerEvent.Authenticated(id, who.expiresAt() * 1000));
    }
  }

  /** Its rights are these now: subscriptions that are no longer granted end. */
  void narrow(AppPrincipal who) {
    principal = who;
    session.subscriptions().narrow(who);
    session.attendance().narrow(who.rights());
  }

  /** A credential was refused: the first one ends the connection, a fresh token is just refused. */
  void authFailed(@Nullable String id, RefusedException refused) {
    if (principal == null) {
      session.end(refused);
    } else {
      session.refused(id, refused, null);
    }
  }

  /** Another node has its place now. */
  void moveOut() {
    movesOut = true;
  }

  /** It is told why its connection ends; the reason may be an app's though it is nobody's yet. */
  void ended(RefusedException reason) {
    refused(null, reason);
  }

  /**
   * It was told so.
   *
   * @param id of the frame that was refused, null when it was none
   */
  void refused(@Nullable String id, RefusedException refused) {
    AppPrincipal who = principal;
    if (who == null) {
      sessions.told().told(refused, () -> circumstance(id));
    } else {
      sessions.told().told(who, refused, () -> circumstance(id));
    }
  }

  /** A right that it had is gone, and it was told so. */
  void lost(RefusedException right) {
    AppPrincipal who = principal;
    if (who != null) {
      sessions.told().lost(who, right, () -> circumstance(null));
    }
  }

  private Circumstance circumstance(@Nullable String id) {
    return new Circumstance(
        session.protocol().name(),
        principal == null ? "connect" : null,
        null,
        id,
        session.connectionId(),
        session.address());
  }

  /** It is present in one channel more. */
  void entered() {
    if (meter != null) {
      meter.entered();
    }
  }

  /** It is present in one fewer. */
  void departed() {
    if (meter != null) {
      meter.left();
    }
  }

  void left() {
    if (meter != null) {
      meter.disconnected();
    }
    if (movesOut) {
      // Until then both nodes have it: nobody else is to find room in between.
      session.loop().executor().schedule(place::moveOut, MOVE_SECONDS, TimeUnit.SECONDS);
    } else {
      place.leave();
    }
  }
}
