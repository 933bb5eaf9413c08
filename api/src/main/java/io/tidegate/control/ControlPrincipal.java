package io.tidegate.control;

import io.micronaut.security.authentication.Authentication;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operator or the bearer of a control token.
 *
 * @param tenant the one tenant there is for it; null: all
 */
public record ControlPrincipal(
    Actor actor, Role role, @Nullable TenantId tenant, @Nullable Instant expiresAt)
    implements Authentication {
  static final ControlPrincipal OPERATOR =
      new ControlPrincipal(Actor.OPERATOR, Role.OPERATOR, null, null);

  Caller caller(@Nullable String requestId) {
    return new Caller(actor, role, tenant, requestId);
  }

  @Override
  public String getName() {
    return actor.kind().wireName() + (actor.id() == null ? "" : ":" + actor.id());
  }

  /** This role and every weaker one, so that a route names the weakest that will do. */
  @Override
  public Collection<String> getRoles() {
    return role.covered();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}
