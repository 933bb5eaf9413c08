package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Limit;

/**
 * Hears when a tenant comes near a limit. Called on whatever thread found out, event loops among
 * them: must not wait.
 */
public interface LimitListener {
  /**
   * 80 % of a limit are used, or all of it; at most once an hour for each limit of a tenant, and
   * node.
   *
   * @param used at that moment; of a rate, what is taken of its burst
   * @param most what the limit allows; of a rate, its burst
   */
  void near(TenantId tenant, Limit limit, long used, long most);
}
