package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator, or who is invited to be one.
 *
 * @param accountId null until the invitation is accepted
 * @param email null where the first operator has set none
 */
@MappedEntity("operators")
public record Operator(
    @Id UUID id,
    long ordinal,
    @Nullable UUID accountId,
    @Nullable String email,
    @Nullable String name,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    @Nullable Instant invitationExpiresAt) {
  public boolean isActive() {
    return accountId != null;
  }

  /** What it is, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("email", email);
    content.put("name", name);
    content.put("status", isActive() ? "active" : "invited");
    return content;
  }
}
