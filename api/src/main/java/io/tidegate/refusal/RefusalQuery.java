package io.tidegate.refusal;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which refusals of an app are asked for; null: whichever. */
public record RefusalQuery(
    TenantId tenant,
    AppId app,
    @Nullable String requestId,
    @Nullable String clientId,
    @Nullable Integer code,
    @Nullable Instant since) {}
