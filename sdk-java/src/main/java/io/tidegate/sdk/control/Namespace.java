package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules for channels by pattern.
 *
 * @param durability {@code none}, {@code window} or {@code durable}
 * @param effectiveAt when a change of durability takes effect for live channels
 */
public record Namespace(
    String name,
    String pattern,
    String durability,
    Extent window,
    int retentionDays,
    Extent rewind,
    int maxMessageBytes,
    boolean clientPublish,
    Map<String, @Nullable Object> presence,
    String conflate,
    boolean requireClientId,
    Optional<Instant> effectiveAt,
    Instant createdAt,
    Instant updatedAt) {
  /** So many messages and so many seconds, whichever is less. */
  public record Extent(long messages, long seconds) {}
}
