package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as the control plane sees it: without its secrets.
 *
 * @param events JSON; read it with {@link #eventNames}
 * @param previousSecretExpiresAt until when the secret before the newest one is good; null: there
 *     is none
 */
@MappedEntity("webhooks")
public record WebhookEntry(
    @Id UUID id,
    UUID tenantId,
    long appId,
    long ordinal,
    String name,
    String url,
    String events,
    String pattern,
    int batchEvents,
    boolean enabled,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant previousSecretExpiresAt) {
  public AppId app() {
    return new AppId(Long.toString(appId));
  }

  public TenantId tenant() {
    return new TenantId(tenantId);
  }

  public List<String> eventNames() {
    return EventNames.parse(events);
  }

  /** What of it can be changed, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("appId", app());
    content.put("name", name);
    content.put("url", url);
    content.put("events", eventNames());
    content.put("pattern", pattern);
    content.put("batch", Map.of("maxEvents", batchEvents));
    content.put("enabled", enabled);
    return content;
  }
}
