package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what.
 *
 * @param hash over this event and the hash before it
 */
public record AuditEvent(
    String id,
    String tenantId,
    Instant at,
    Actor actor,
    String action,
    Target target,
    @Nullable Map<String, @Nullable Object> before,
    @Nullable Map<String, @Nullable Object> after,
    Optional<String> requestId,
    String hash) {
  /** Who. */
  public record Actor(String kind, Optional<String> id, Optional<String> name) {}

  /** What. */
  public record Target(String kind, String id) {}
}
