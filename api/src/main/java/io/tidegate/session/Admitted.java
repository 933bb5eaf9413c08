package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.limit.ClientQuota;

/** A client whose credential is good and that its tenant's limits let in. */
public record Admitted(AppPrincipal principal, ClientQuota quota) {}
