package io.tidegate.sdk;

import java.time.Instant;
import java.util.Optional;

/**
 * A connection of the app, as its key with {@code admin} sees it.
 *
 * @param clientId empty for an anonymous client
 * @param keyName the key it came with, or that signed its token
 * @param transport {@code websocket} or {@code sse}
 */
public record ClientConnection(
    String id,
    Optional<String> clientId,
    String keyName,
    String transport,
    String nodeId,
    String address,
    Instant openedAt,
    long subscriptions) {}
