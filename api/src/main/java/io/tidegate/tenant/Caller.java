package io.tidegate.tenant;

import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something of the control plane, and what of the installation exists for them.
 *
 * @param scope the one tenant there is for this caller; null: all of them
 * @param requestId names the request in the record
 */
public record Caller(Actor actor, Role role, @Nullable TenantId scope, @Nullable String requestId) {

  /** The gateway itself. */
  public static final Caller SYSTEM = new Caller(Actor.SYSTEM, Role.OPERATOR, null, null);

  /**
   * @throws RefusedException {@link Refusal#ROLE_INSUFFICIENT}
   */
  public void require(Role least, String what) {
    if (!role.covers(least)) {
      throw new RefusedException(
          Refusal.ROLE_INSUFFICIENT, what + " needs the role " + least.wireName() + ".");
    }
  }
}
