package io.tidegate.sdk;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The one WebSocket of a client. The first subscription opens it; whatever breaks it, it comes back
 * and goes on where it was. Implemented by the SDK alone.
 */
public interface Connection {
  /** Where it stands now. */
  ConnectionState state();

  /** Asks for it: at once, when it waits to be tried again. Does nothing while it is connected. */
  void connect();

  /** {@link #connect}, done when it is connected; fails when it is refused for good or closed. */
  CompletableFuture<Void> connected();

  /** The id the gateway gave it; empty before. It outlives reconnects that came in time. */
  Optional<String> id();

  /** Why it is not connected. */
  Optional<TidegateException> reason();

  /** Tells of each change from now on, one after the other. */
  Registration onStateChange(Consumer<ConnectionStateChange> listener);

  /**
   * Leaves the gateway. Publishes that wait fail; subscriptions stay, and go on after {@link
   * #connect}.
   */
  void close();
}
