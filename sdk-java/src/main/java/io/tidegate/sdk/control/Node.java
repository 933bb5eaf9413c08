package io.tidegate.sdk.control;

import java.time.Instant;

/** A process of the gateway. */
public record Node(String id, Instant startedAt, String version, long connections, boolean live) {}
