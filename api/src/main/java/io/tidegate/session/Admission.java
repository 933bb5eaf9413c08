package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.hook.ConnectHook;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tenant's limits have a place for a client that has shown who it is. One that goes on
 * with a connection has the place of that, wherever it is. Its app's connect hook is asked before.
 * May wait for the database, for the hook and for other nodes.
 */
final class Admission {
  private final Quotas quotas;
  private final ConnectionKeys keys;
  private final Holders holders;
  private final ConnectHook hook;

  Admission(Quotas quotas, ConnectionKeys keys, Holders holders, ConnectHook hook) {
    this.quotas = quotas;
    this.keys = keys;
    this.holders = holders;
    this.hook = hook;
  }

  /** As {@link Sessions#admit}. */
  Admitted admit(AppPrincipal who, @Nullable String resumeKey, Protocol protocol, Arrival arrival) {
    return AppRefusedException.of(
        who,
        () -> {
          if (!hook.isSet(who.app())) {
            return admitted(who, resumeKey, protocol, false);
          }
          // The rate comes first: it stands before the app's backend, too.
          quota(who).tenant().requireConnect();
          AppPrincipal letIn = hook.letIn(who, arrival.visit(protocol));
          return admitted(letIn, resumeKey, protocol, true);
        });
  }

  /** As {@link Client#admitAgain}: who is in has its place, and no rate holds for it. */
  Admitted admitAgain(AppPrincipal who, Protocol protocol, Arrival arrival) {
    AppPrincipal letIn =
        AppRefusedException.of(who, () -> hook.letIn(who, arrival.visit(protocol)));
    return new Admitted(letIn, quota(letIn), false);
  }

  private Admitted admitted(
      AppPrincipal who, @Nullable String resumeKey, Protocol protocol, boolean paid) {
    ClientQuota quota = quota(who);
    ConnectionKeys.Kept older = resumeKey == null ? null : keys.read(resumeKey, who);
    boolean isHere = older != null && holders.find(older.id()) != null;
    boolean movesIn = protocol.counted() && !isHere && movesIn(quota.tenant(), who, older);
    if (!paid) {
      quota.tenant().requireConnect();
    }
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
