package io.tidegate.sdk;

import java.util.Optional;

/**
 * A client that is present in a channel over one connection.
 *
 * @param data as the client gave it, JSON text
 */
public record Member(String clientId, String connectionId, Optional<String> data) {}
