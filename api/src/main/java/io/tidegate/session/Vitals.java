package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.frame.ServerEvent;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/**
 * What has to happen to a session in time: showing a credential, being heard from, renewing a
 * token, keeping up. Looked at by its loop's {@link Wheel}; on the loop.
 */
final class Vitals {
  /** A connection has shown a credential after so many seconds, or is closed. */
  static final int AUTH_SECONDS = 5;

  private static final int CHECK_SECONDS = 5;
  private static final int WARN_SECONDS = 30;

  /** What a pong may take: with the check itself, who has gone is noticed within 45 s. */
  private static final int SILENCE_GRACE_SECONDS = 15;

  private final Session session;
  private final long openedNanos = System.nanoTime();
  private long heardNanos = openedNanos;
  private long pingedNanos = openedNanos;
  private boolean warned;

  Vitals(Session session) {
    this.session = session;
  }

  void heard() {
    heardNanos = System.nanoTime();
  }

  /** There is a fresh token: its own end is announced anew. */
  void renewed() {
    warned = false;
  }

  /** Returns after how many seconds to look again. */
  int check(long wallMillis) {
    long now = System.nanoTime();
    AppPrincipal principal = session.principal();
    if (principal == null) {
      if (seconds(now - openedNanos) >= AUTH_SECONDS) {
        session.end(
            new RefusedException(Refusal.AUTH_TIMEOUT, "no credential was shown within 5 s"));
      }
      return 1;
    }
    session.progress().measure();
    session.outbox().checkSlow();
    expiry(principal, wallMillis);
    liveness(now);
    return CHECK_SECONDS;
  }

  private void expiry(AppPrincipal principal, long wallMillis) {
    if (principal.expiresAt() == Long.MAX_VALUE) {
      return;
    }
    long leftMillis = principal.expiresAt() * 1000 - wallMillis;
    if (leftMillis <= 0) {
      session.end(new RefusedException(Refusal.TOKEN_EXPIRED, "the token has expired"));
    } else if (leftMillis <= (WARN_SECONDS + CHECK_SECONDS) * 1000L && !warned) {
      warned = true;
      session.tell(new ServerEvent.Expiring(leftMillis));
    }
  }

  private void liveness(long now) {
    Protocol protocol = session.protocol();
    if (seconds(now - pingedNanos) >= protocol.pingSeconds() - CHECK_SECONDS
        && !session.isEnded()) {
      pingedNanos = now;
      session.outbox().transport().ping();
    }
    if (session.isBusy()) {
      // It is not read from while its commands wait: that it is not heard is our doing.
      heardNanos = now;
    }
    long silence = protocol.pingSeconds() + SILENCE_GRACE_SECONDS;
    if (protocol.answersPings() && seconds(now - heardNanos) > silence) {
      session.end(new RefusedException(Refusal.CONNECTION_SILENT, "nothing was heard for a while"));
    }
  }

  private static long seconds(long nanos) {
    return nanos / 1_000_000_000L;
  }
}
