package io.tidegate.account;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session and whose it is, as of a moment ago.
 *
 * @param lastSeenAt to the minute
 * @param expiresAt however often it is used
 */
public record SignedIn(
    UUID session,
    AccountId account,
    @Nullable Email email,
    String name,
    boolean operator,
    boolean hasPassword,
    boolean secondFactor,
    List<Membership> memberships,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt) {

  public Instant idleExpiresAt() {
    Instant idle = lastSeenAt.plus(SessionRules.IDLE);
    return idle.isBefore(expiresAt) ? idle : expiresAt;
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(idleExpiresAt());
  }

  /** For the record. */
  public Actor actor() {
    return new Actor(Actor.Kind.ACCOUNT, account.toString(), name);
  }

  /** The role in the tenant; null for who has none there. */
  public @Nullable Role roleIn(TenantId tenant) {
    if (operator) {
      return Role.OPERATOR;
    }
    return memberships.stream()
        .filter(one -> one.tenant().equals(tenant))
        .map(Membership::role)
        .findFirst()
        .orElse(null);
  }

  /** The strongest role anywhere, where a route is of no tenant, or of one that is another's. */
  public Role strongest() {
    return operator
        ? Role.OPERATOR
        : memberships.stream()
            .map(Membership::role)
            .max(Comparator.naturalOrder())
            .orElse(Role.VIEWER);
  }
}
