package io.tidegate.account;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Role;

/** A person's place in a tenant. */
public record Membership(TenantId tenant, String tenantName, Role role) {}
