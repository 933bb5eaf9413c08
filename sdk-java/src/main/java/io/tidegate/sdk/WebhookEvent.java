package io.tidegate.sdk;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook tells, or a hook asks about.
 *
 * @param id the same each time it comes
 * @param type say {@code message.published} or {@code before-publish}
 * @param app the app's id
 * @param data what it is about, as the gateway's docs describe for the type
 */
public record WebhookEvent(
    String id, String type, String app, Instant time, Map<String, @Nullable Object> data) {}
