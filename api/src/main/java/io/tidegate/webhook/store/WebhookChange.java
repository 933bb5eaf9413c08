package io.tidegate.webhook.store;

import io.tidegate.channel.ChannelPattern;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.send.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a webhook is to be; null leaves a part as it is, or as it begins. */
public record WebhookChange(
    @Nullable String name,
    @Nullable Target url,
    @Nullable Set<EventType> events,
    @Nullable ChannelPattern pattern,
    @Nullable Integer maxEvents,
    @Nullable Boolean enabled) {}
