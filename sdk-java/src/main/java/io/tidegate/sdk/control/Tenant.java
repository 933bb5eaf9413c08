package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer; a limit of null is none. */
public record Tenant(
    String id,
    String name,
    Map<String, @Nullable Long> limits,
    Instant createdAt,
    Instant updatedAt) {}
