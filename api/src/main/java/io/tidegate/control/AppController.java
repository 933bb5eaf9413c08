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
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.AppSettings;
import io.tidegate.tenant.store.JdbcApps;

/** Isolated worlds of channels within a tenant. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
class AppController {
  private final JdbcApps apps;
  private final Edge edge;
  private final Pages pages;

  AppController(JdbcApps apps, Edge edge, Pages pages) {
    this.apps = apps;
    this.edge = edge;
    this.pages = pages;
  }

  @Post("/tenants/{tenantId}/apps")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> create(
      Caller caller, HttpRequest<?> request, String tenantId, @Body byte[] body) {
    TenantId tenant = Asked.tenant(tenantId);
    Fields fields = Fields.ofBody(body).require("name");
    String name = Bodies.name(fields);
    AppSettings.Change settings = Bodies.settings(fields);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          AppEntry app =
              apps.create(caller, tenant, String.valueOf(name), settings.of(AppSettings.UNSET));
          return Answer.of(HttpStatus.CREATED, app.version(), Views.of(app));
        });
  }

  @Get("/tenants/{tenantId}/apps")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String tenantId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> apps.list(caller, Asked.tenant(tenantId), limit, after),
        Views::of,
        AppEntry::ordinal);
  }

  @Get("/apps/{appId}")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> read(Caller caller, String appId) {
    AppId id = Asked.app(appId);
    AppEntry app = apps.read(caller, id);
    return Answer.ok(app.version(), Views.of(app));
  }

  @Patch("/apps/{appId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> update(
      Caller caller, HttpRequest<?> request, String appId, @Body byte[] body) {
    AppId id = Asked.app(appId);
    Fields fields = Bodies.change(body);
    String name = Bodies.name(fields);
    AppSettings.Change settings = Bodies.settings(fields);
    fields.check();
    AppEntry app = apps.update(caller, id, Asked.ifMatch(request), name, settings);
    return Answer.ok(app.version(), Views.of(app));
  }

  @Delete("/apps/{appId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> delete(Caller caller, HttpRequest<?> request, String appId) {
    apps.delete(caller, Asked.app(appId), Asked.ifMatch(request), Asked.cascade(request));
    return Answer.noContent();
  }
}
