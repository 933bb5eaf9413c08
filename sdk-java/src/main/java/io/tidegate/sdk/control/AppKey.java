package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A credential of a backend; {@code key} is there only when it was just made. */
public record AppKey(
    String id,
    String appId,
    String keyName,
    String name,
    Map<String, List<String>> capabilities,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> key) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
