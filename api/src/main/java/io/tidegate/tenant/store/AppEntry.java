package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An app as the control plane sees it.
 *
 * @param settings JSON; read it with {@link #settingsRead}
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

  public AppSettings settingsRead() {
    return AppSettings.read(settings);
  }

  /** What of it can be changed, for the record. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("settings", settingsRead().view());
    return content;
  }
}
