package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.account.Email;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a link invites to.
 *
 * @param id the member's or the operator's
 * @param tenantId null: to be an operator
 * @param role {@code operator} for that
 * @param existing the account that the e-mail has already, which alone may accept; null, too, for
 *     one that is nowhere a member any more: there is nothing to take over with it
 */
@MappedEntity("members")
public record Invitation(
    @Id UUID id,
    @Nullable UUID tenantId,
    @Nullable String tenantName,
    String email,
    String role,
    @Nullable String invitedBy,
    @Nullable UUID existing,
    Instant expiresAt) {
  public Email emailRead() {
    return new Email(email);
  }
}
