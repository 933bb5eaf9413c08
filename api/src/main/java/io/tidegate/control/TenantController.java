package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.TenantId;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.signin.Sessions;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.JdbcTenants;
import io.tidegate.tenant.store.Tenant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Customers of this installation, and their limits. */
@Controller("/v1/tenants")
@ExecuteOn(TaskExecutors.BLOCKING)
class TenantController {
  private final JdbcTenants tenants;
  private final Sessions sessions;
  private final Edge edge;
  private final Pages pages;

  TenantController(JdbcTenants tenants, Sessions sessions, Edge edge, Pages pages) {
    this.tenants = tenants;
    this.sessions = sessions;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.OPERATOR)
  HttpResponse<byte[]> create(Caller caller, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("name");
    String name = Bodies.name(fields);
    Map<Limit, @Nullable Long> limits = Bodies.limits(fields);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          Tenant tenant = tenants.create(caller, String.valueOf(name), Limits.INITIAL.with(limits));
          return Answer.of(HttpStatus.CREATED, tenant.version(), Views.of(tenant));
        });
  }

  @Get
  @Secured(Roles.OPERATOR)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request) {
    return pages.byOrdinal(
        request, (limit, after) -> tenants.list(caller, limit, after), Views::of, Tenant::ordinal);
  }

  @Get("/{tenantId}")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> read(Caller caller, String tenantId) {
    TenantId id = Asked.tenant(tenantId);
    Tenant tenant = tenants.read(caller, id);
    return Answer.ok(tenant.version(), Views.of(tenant));
  }

  @Patch("/{tenantId}")
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> update(
      Caller caller, HttpRequest<?> request, String tenantId, @Body byte[] body) {
    TenantId id = Asked.tenant(tenantId);
    Fields fields = Bodies.change(body);
    String name = Bodies.name(fields);
    Map<Limit, @Nullable Long> limits = Bodies.limits(fields);
    fields.check();
    Tenant tenant = tenants.update(caller, id, Asked.ifMatch(request), name, limits);
    return Answer.ok(tenant.version(), Views.of(tenant));
  }

  @Delete("/{tenantId}")
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> delete(Caller caller, HttpRequest<?> request, String tenantId) {
    tenants.delete(caller, Asked.tenant(tenantId), Asked.ifMatch(request), Asked.cascade(request));
    sessions.changed();
    return Answer.noContent();
  }
}
