package io.tidegate.tenant.store;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows there are for a transaction; PostgreSQL holds to it whatever the statements say.
 *
 * @param tenant null: everybody's
 */
public record Reach(@Nullable TenantId tenant) {
  /**
   * For operators, for look-ups by a credential whose tenant is what is asked for, and for jobs
   * over all tenants. Never for a request of a tenant that is known.
   */
  public static final Reach EVERYTHING = new Reach(null);

  public static Reach of(TenantId tenant) {
    return new Reach(tenant);
  }

  /** What there is for the caller. */
  public static Reach of(Caller caller) {
    return new Reach(caller.scope());
  }

  boolean covers(Reach inner) {
    return tenant == null || equals(inner);
  }
}
