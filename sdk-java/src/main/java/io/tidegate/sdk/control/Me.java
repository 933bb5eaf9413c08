package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Optional;

/**
 * Who a token is to the control plane; {@code id} and {@code tenantId} are empty for an operator.
 */
public record Me(
    String kind,
    String role,
    Optional<String> id,
    Optional<String> name,
    Optional<String> tenantId,
    Optional<Instant> expiresAt) {}
