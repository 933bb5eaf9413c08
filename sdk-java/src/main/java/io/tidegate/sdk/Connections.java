package io.tidegate.sdk;

import java.util.concurrent.CompletableFuture;

/**
 * Connections of the app; all of it needs a key with {@code admin}. Implemented by the SDK alone.
 */
public interface Connections {
  /** All of them. */
  Paged<ClientConnection> list();

  /** Those of one client. */
  Paged<ClientConnection> list(String clientId);

  /** Ends one, within 5 s. */
  void close(String connectionId);

  /** {@link #close} without waiting. */
  CompletableFuture<Void> closeAsync(String connectionId);

  /** Ends all of a client, within 5 s. Its tokens stay good. */
  void disconnect(String clientId);

  /** {@link #disconnect} without waiting. */
  CompletableFuture<Void> disconnectAsync(String clientId);
}
