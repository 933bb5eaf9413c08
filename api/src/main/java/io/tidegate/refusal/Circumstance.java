package io.tidegate.refusal;

import org.jspecify.annotations.Nullable;

/**
 * Where a refusal was told; what is not known there is null.
 *
 * @param protocol {@code rest}, {@code websocket}, {@code sse} or {@code poll}
 * @param operation what was asked for, where the refusal does not say so itself
 * @param requestId of the request, or the id of the frame
 */
public record Circumstance(
    String protocol,
    @Nullable String operation,
    @Nullable String channel,
    @Nullable String requestId,
    @Nullable String connectionId,
    @Nullable String address) {}
