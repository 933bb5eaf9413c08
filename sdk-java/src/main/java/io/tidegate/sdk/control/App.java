package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An isolated world of channels. */
public record App(
    String id,
    String tenantId,
    String name,
    Map<String, @Nullable Object> settings,
    Instant createdAt,
    Instant updatedAt) {}
