package io.tidegate.hook.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.hook.HookKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hook as the control plane sees it: without its secrets.
 *
 * @param kind by its wire name, as {@code onFailure}
 * @param previousSecretExpiresAt until when the secret before the newest one is good; null: there
 *     is none
 */
@MappedEntity("hooks")
public record HookEntry(
    @Id UUID id,
    UUID tenantId,
    long appId,
    long ordinal,
    String name,
    String kind,
    String url,
    String pattern,
    String onFailure,
    int timeoutMs,
    int cacheSeconds,
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

  public boolean isConnect() {
    return kind.equals(HookKind.CONNECT.wireName());
  }

  /** What of it can be changed, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("appId", app());
    content.put("name", name);
    content.put("kind", kind);
    content.put("url", url);
    content.put("pattern", pattern);
    content.put("onFailure", onFailure);
    content.put("timeoutMs", timeoutMs);
    content.put("cacheSeconds", cacheSeconds);
    content.put("enabled", enabled);
    return content;
  }
}
