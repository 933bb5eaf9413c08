package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's member, or who is invited to be one.
 *
 * @param accountId null until the invitation is accepted
 * @param name the account's, null until then
 */
@MappedEntity("members")
public record Member(
    @Id UUID id,
    UUID tenantId,
    long ordinal,
    @Nullable UUID accountId,
    String email,
    @Nullable String name,
    String role,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    @Nullable Instant invitationExpiresAt) {
  public TenantId tenant() {
    return new TenantId(tenantId);
  }

  public Role roleRead() {
    return Role.ofWireName(role);
  }

  public boolean isActive() {
    return accountId != null;
  }

  /** What it is, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("email", email);
    content.put("role", role);
    content.put("status", isActive() ? "active" : "invited");
    return content;
  }
}
