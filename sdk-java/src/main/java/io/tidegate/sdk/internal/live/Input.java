package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.auth.TokenSource;
import org.jspecify.annotations.Nullable;

/** What happens to a connection. */
sealed interface Input {
  /** The application wants it. */
  record Connect() implements Input {}

  /** The application wants it no more. */
  record Close() implements Input {}

  /**
   * A credential has come.
   *
   * @param ask of the effect that asked for it
   * @param bearer false for a key, which goes into the handshake
   * @param lifeMs how long it is good; null where that is not known
   */
  record Credential(int ask, String authorization, boolean bearer, @Nullable Long lifeMs)
      implements Input {
    private static final String BEARER = "Bearer ";

    /** What {@code Authorization} says. */
    static Credential of(int ask, String authorization) {
      boolean bearer = authorization.startsWith(BEARER);
      Long expiry = bearer ? TokenSource.expiry(authorization.substring(BEARER.length())) : null;
      Long life = expiry == null ? null : expiry * 1000 - System.currentTimeMillis();
      return new Credential(ask, authorization, bearer, life);
    }

    /** What {@code auth} says, of one that is a bearer's. */
    String token() {
      return authorization.substring(BEARER.length());
    }
  }

  /** None has come. */
  record NoCredential(int ask, TidegateException reason) implements Input {
    /** What its provider failed with. */
    static NoCredential of(int ask, Throwable cause) {
      return new NoCredential(
          ask,
          cause instanceof TidegateException known
              ? known
              : TidegateException.local(Local.NO_TOKEN, "no token: " + cause.getMessage(), cause));
    }
  }

  /** The socket is open. */
  record Opened() implements Input {}

  /** The server's first frame. */
  record Connected(
      String connectionId, @Nullable String connectionKey, boolean resumed, long pingIntervalMs)
      implements Input {}

  /** An {@code error} about the connection; its close follows. Or the handshake's refusal. */
  record Refused(TidegateException reason) implements Input {}

  /** {@code reconnect}. */
  record Reconnect(long afterMs) implements Input {}

  /** The socket is gone; 1006 when it did not say goodbye. */
  record Gone(int closeCode, @Nullable TidegateException reason) implements Input {}

  /** Nothing was heard for too long, or an answer is overdue. */
  record Dead(TidegateException reason) implements Input {}

  /** {@code expiring}. */
  record Expiring() implements Input {}

  /** A renewed token was refused, and the connection goes on. */
  record RenewalRefused(TidegateException reason) implements Input {}

  /** A timer has run out. */
  record Due(Timer timer) implements Input {}

  /** A connection has at most one of each. */
  enum Timer {
    /** Try again. */
    RETRY,
    /** It took too long to open. */
    OPENING,
    /** It has been good for a while. */
    STABLE,
    /** It has been away for long. */
    SUSPEND,
    /** The token is to be renewed. */
    RENEW,
    /** The server asked to move. */
    MOVE
  }
}
