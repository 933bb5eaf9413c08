package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Optional;

/** A backend that is asked; {@code secret} is there only when it was just made. */
public record Hook(
    String id,
    String appId,
    String name,
    String kind,
    String url,
    Optional<String> pattern,
    String onFailure,
    int timeoutMs,
    Optional<Integer> cacheSeconds,
    boolean enabled,
    Optional<Instant> previousSecretExpiresAt,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> secret) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "hook " + id;
  }
}
