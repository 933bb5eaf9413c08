package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.limit.ClientQuota;

/**
 * A client whose credential is good and that its tenant's limits let in.
 *
 * @param movesIn it goes on with a connection that another node has, and that one's place is its
 */
public record Admitted(AppPrincipal principal, ClientQuota quota, boolean movesIn) {}
