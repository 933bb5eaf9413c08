package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tenant's limits have a place for a client that has shown who it is. One that goes on
 * with a connection has the place of that, wherever it is. May wait for the database and for other
 * nodes.
 */
final class Admission {
  private final Quotas quotas;
  private final ConnectionKeys keys;
  private final Holders holders;

  Admission(Quotas quotas, ConnectionKeys keys, Holders holders) {
    this.quotas = quotas;
    this.keys = keys;
    this.holders = holders;
  }

  /** As {@link Sessions#admit}. */
  Admitted admit(AppPrincipal who, @Nullable String resumeKey, Protocol protocol) {
    return AppRefusedException.of(who, () -> admitted(who, resumeKey, protocol));
  }

  private Admitted admitted(AppPrincipal who, @Nullable String resumeKey, Protocol protocol) {
    ClientQuota quota = quota(who);
    ConnectionKeys.Kept older = resumeKey == null ? null : keys.read(resumeKey, who);
    boolean isHere = older != null && holders.find(older.id()) != null;
    boolean movesIn = protocol.counted() && !isHere && movesIn(quota.tenant(), who, older);
    quota.tenant().requireConnect();
    return new Admitted(who, quota, movesIn);
  }

  /**
   * False when there is a free place; true when there is none, but its own on another node.
   *
   * @throws RefusedException CONNECTION_LIMIT_REACHED when there is neither
   */
  private boolean movesIn(
      TenantQuota tenant, AppPrincipal who, ConnectionKeys.@Nullable Kept older) {
    if (tenant.hasRoom()) {
      return false;
    }
    if (older != null && holders.isElsewhere(who.app(), older.id())) {
      return true;
    }
    tenant.requireRoom();
    return false;
  }

  ClientQuota quota(AppPrincipal who) {
    return quotas.of(who.tenant(), who.limits().asLimits(), who.client());
  }
}
