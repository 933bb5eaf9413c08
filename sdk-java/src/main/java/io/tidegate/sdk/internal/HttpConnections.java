package io.tidegate.sdk.internal;

import io.tidegate.sdk.ClientConnection;
import io.tidegate.sdk.Connections;
import io.tidegate.sdk.Paged;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.message.Pages;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Connections over HTTP. */
final class HttpConnections implements Connections {
  private final Transport transport;

  HttpConnections(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Paged<ClientConnection> list() {
    return paged("/v1/connections");
  }

  @Override
  public Paged<ClientConnection> list(String clientId) {
    return paged(Paths.query("/v1/connections", "clientId", clientId));
  }

  private Paged<ClientConnection> paged(String path) {
    return new Paged<>(
        cursor ->
            transport
                .send(Call.get(Paths.query(path, "cursor", cursor)))
                .thenApply(
                    answer ->
                        answer.read(
                            text ->
                                Pages.page(text, item -> Pages.record(item, Row.class).told()))));
  }

  @Override
  public void close(String connectionId) {
    Futures.join(closeAsync(connectionId));
  }

  @Override
  public CompletableFuture<Void> closeAsync(String connectionId) {
    return transport
        .send(Call.delete(Paths.of("/v1/connections/{}", connectionId)))
        .thenApply(gone -> null);
  }

  @Override
  public void disconnect(String clientId) {
    Futures.join(disconnectAsync(clientId));
  }

  @Override
  public CompletableFuture<Void> disconnectAsync(String clientId) {
    return transport
        .send(Call.post(Paths.of("/v1/clients/{}/disconnect", clientId), null))
        .thenApply(gone -> null);
  }

  /** As it comes: times are milliseconds. */
  private record Row(
      String id,
      Optional<String> clientId,
      String keyName,
      String transport,
      String nodeId,
      String address,
      long openedAt,
      long subscriptions) {
    ClientConnection told() {
      Instant opened = Instant.ofEpochMilli(openedAt);
      return new ClientConnection(
          id, clientId, keyName, transport, nodeId, address, opened, subscriptions);
    }
  }
}
