package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.account.Membership;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Role;
import java.util.UUID;

/** A person's place in a tenant, with the tenant's name. */
@MappedEntity("members")
record MembershipRow(@Id UUID tenantId, String tenantName, String role) {
  Membership read() {
    return new Membership(new TenantId(tenantId), tenantName, Role.ofWireName(role));
  }
}
