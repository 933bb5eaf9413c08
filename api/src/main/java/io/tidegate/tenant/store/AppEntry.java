package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An app as the control plane sees it.
 *
 * @param settings JSON; read it with {@link #allowedOrigins}
 */
@MappedEntity("apps")
public record AppEntry(
    @Id long id,
    UUID tenantId,
    long ordinal,
    String name,
    String settings,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public AppId appId() {
    return new AppId(Long.toString(id));
  }

  public TenantId tenant() {
    return new TenantId(tenantId);
  }

  public List<String> allowedOrigins() {
    Object origins = StrictJson.parseObject(settings).get("allowedOrigins");
    return origins instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  static String settings(List<String> allowedOrigins) {
    return StrictJson.write(Map.of("allowedOrigins", allowedOrigins));
  }

  /** What of it can be changed, for the record. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("settings", Map.of("allowedOrigins", allowedOrigins()));
    return content;
  }
}
