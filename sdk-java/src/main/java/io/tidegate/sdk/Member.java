package io.tidegate.sdk;

import java.util.Optional;

/**
 * A client that is present in a channel over one connection.
 *
 * @param json what the client said of itself, JSON text; empty when it said nothing
 */
public record Member(String clientId, String connectionId, Optional<String> json) {}
