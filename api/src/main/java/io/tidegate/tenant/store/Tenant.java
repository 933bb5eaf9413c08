package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import io.tidegate.tenant.Limits;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A customer of this installation.
 *
 * @param limits JSON; read it with {@link #limitsRead}
 */
@MappedEntity("tenants")
public record Tenant(
    @Id UUID id,
    long ordinal,
    String name,
    String limits,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public TenantId tenantId() {
    return new TenantId(id);
  }

  public Limits limitsRead() {
    return Limits.ofJson(StrictJson.parseObject(limits));
  }

  /** What of it can be changed, for the record. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("limits", limitsRead().toJson());
    return content;
  }
}
