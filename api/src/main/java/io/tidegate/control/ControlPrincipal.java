package io.tidegate.control;

import io.micronaut.security.authentication.Authentication;
import io.tidegate.account.SignedIn;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The operator, the bearer of a control token, or a person with a session.
 *
 * @param role a person's: in the tenant that the route is about
 * @param tenant the one tenant there is for it; null: all
 * @param session null for who is no person
 */
public record ControlPrincipal(
    Actor actor,
    Role role,
    @Nullable TenantId tenant,
    @Nullable Instant expiresAt,
    @Nullable SignedIn session)
    implements Authentication {
  static final ControlPrincipal OPERATOR =
      new ControlPrincipal(Actor.OPERATOR, Role.OPERATOR, null, null, null);

  /** No tenant's: for a person on a route about a tenant that is not theirs, or about none. */
  private static final TenantId NOBODYS = new TenantId(new UUID(-1, -1));

  /**
   * A person, as far as a route is concerned. Where it is about another's tenant, or one that there
   * is not, nothing is there for them, whatever their role elsewhere.
   *
   * @param asked the tenant that the route is about; null: none, or one that there is not
   */
  static ControlPrincipal of(SignedIn session, @Nullable TenantId asked) {
    Role role = asked == null ? null : session.roleIn(asked);
    TenantId tenant = session.operator() ? null : role == null ? NOBODYS : asked;
    return new ControlPrincipal(
        session.actor(),
        role == null ? session.strongest() : role,
        tenant,
        session.idleExpiresAt(),
        session);
  }

  Caller caller(@Nullable String requestId) {
    return new Caller(actor, role, tenant, requestId);
  }

  /** Whether it may hear of what only this role may read in a tenant. */
  public boolean mayHear(TenantId of, Role least) {
    if (session == null) {
      return role.covers(least) && (tenant == null || tenant.equals(of));
    }
    Role there = session.roleIn(of);
    return there != null && there.covers(least);
  }

  /** The one tenant of a control token; null for who is not bound to one. */
  public @Nullable TenantId ownTenant() {
    return session == null ? tenant : null;
  }

  @Override
  public String getName() {
    return actor.kind().wireName() + (actor.id() == null ? "" : ":" + actor.id());
  }

  /** This role and every weaker one, so that a route names the weakest that will do. */
  @Override
  public Collection<String> getRoles() {
    List<String> roles = new ArrayList<>(role.covered());
    if (session != null) {
      roles.add(Roles.ACCOUNT);
    }
    return roles;
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}
