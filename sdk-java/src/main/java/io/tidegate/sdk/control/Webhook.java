package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A backend that is told what happens; {@code secret} is there only when it was just made. */
public record Webhook(
    String id,
    String appId,
    String name,
    String url,
    List<String> events,
    String pattern,
    Batch batch,
    boolean enabled,
    Optional<Instant> previousSecretExpiresAt,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> secret) {
  /** How many events one call may bring. */
  public record Batch(int maxEvents) {}

  /** Without the secret. */
  @Override
  public String toString() {
    return "webhook " + id;
  }
}
