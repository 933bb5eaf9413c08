package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential for the control plane of one tenant, with a role; its text is kept hashed only. */
@MappedEntity("control_tokens")
public record ControlToken(
    @Id UUID id,
    UUID tenantId,
    long ordinal,
    String name,
    String role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {
  public TenantId tenant() {
    return new TenantId(tenantId);
  }

  public Role roleRead() {
    return Role.ofWireName(role);
  }

  /** What it is, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("role", role);
    content.put("expiresAt", expiresAt);
    return content;
  }
}
