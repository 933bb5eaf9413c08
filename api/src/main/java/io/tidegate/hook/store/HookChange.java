package io.tidegate.hook.store;

import io.tidegate.channel.ChannelPattern;
import io.tidegate.hook.OnFailure;
import io.tidegate.webhook.send.Target;
import org.jspecify.annotations.Nullable;

/** What a hook is to be; null leaves a part as it is, or as it begins. */
public record HookChange(
    @Nullable String name,
    @Nullable Target url,
    @Nullable ChannelPattern pattern,
    @Nullable OnFailure onFailure,
    @Nullable Integer timeoutMs,
    @Nullable Integer cacheSeconds,
    @Nullable Boolean enabled) {}
