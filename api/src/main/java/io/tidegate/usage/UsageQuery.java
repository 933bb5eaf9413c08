package io.tidegate.usage;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is asked for.
 *
 * @param app null: of every app
 * @param start inclusive
 * @param end exclusive
 */
public record UsageQuery(
    TenantId tenant, @Nullable AppId app, Unit unit, Instant start, Instant end) {}
