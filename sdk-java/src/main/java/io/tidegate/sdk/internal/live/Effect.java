package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.ConnectionStateChange;
import io.tidegate.sdk.TidegateException;
import org.jspecify.annotations.Nullable;

/** What a connection wants done, in order. */
sealed interface Effect {
  /** Ask for a credential; a fresh one, when {@code refused} is not to be given again. */
  record Fetch(int ask, @Nullable String refused) implements Effect {}

  /** Open a socket to the url of this number (modulo their count), with a key in the handshake. */
  record Open(int url, @Nullable String keyAuthorization, @Nullable String resume)
      implements Effect {}

  /** Send the first {@code auth}. */
  record Authenticate(String token, @Nullable String resume) implements Effect {}

  /** Send another {@code auth}. */
  record Renew(String token) implements Effect {}

  /** Let go of the socket; nothing of it counts from now on. */
  record Drop(boolean goodbye) implements Effect {}

  record Start(Input.Timer timer, long ms) implements Effect {}

  record Cancel(Input.Timer timer) implements Effect {}

  /** Tell who listens. */
  record Announce(ConnectionStateChange change) implements Effect {}

  /** Subscribe, enter and publish again. */
  record Attach(boolean resumed) implements Effect {}

  /** What was sent and not answered may or may not have been carried out. */
  record Detach() implements Effect {}

  /** Whatever waits fails. */
  record Fail(TidegateException reason) implements Effect {}
}
