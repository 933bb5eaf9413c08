package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Optional;

/** A tenant's token for the control plane; {@code token} is there only when it was just made. */
public record ControlToken(
    String id,
    String tenantId,
    String name,
    String role,
    Optional<Instant> expiresAt,
    Optional<Instant> lastUsedAt,
    Instant createdAt,
    Optional<String> token) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "control token " + id;
  }
}
