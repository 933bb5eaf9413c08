package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.tidegate.channel.TenantId;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.AuditEvent;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcTenants;

/** Who the caller is, and who changed what. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
class RecordController {
  private final JdbcTenants tenants;
  private final JdbcAudit audit;
  private final Pages pages;

  RecordController(JdbcTenants tenants, JdbcAudit audit, Pages pages) {
    this.tenants = tenants;
    this.audit = audit;
    this.pages = pages;
  }

  @Get("/me")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> me(Authentication authentication) {
    return Answer.ok(0, Views.of((ControlPrincipal) authentication));
  }

  @Get("/tenants/{tenantId}/audit-events")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> auditEvents(Caller caller, HttpRequest<?> request, String tenantId) {
    TenantId tenant = tenants.read(caller, Asked.tenant(tenantId)).tenantId();
    return pages.answer(
        request,
        audit.list(tenant, Pages.limit(request), pages.after(request, Long.MAX_VALUE)),
        Views::of,
        AuditEvent::ordinal);
  }
}
