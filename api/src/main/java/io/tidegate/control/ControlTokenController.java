package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.TenantId;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.store.ControlToken;
import io.tidegate.tenant.store.JdbcControlTokens;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials for the control plane of one tenant. */
@Controller("/v1/tenants/{tenantId}/control-tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
class ControlTokenController {
  private final JdbcControlTokens tokens;
  private final Edge edge;
  private final Pages pages;

  ControlTokenController(JdbcControlTokens tokens, Edge edge, Pages pages) {
    this.tokens = tokens;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> create(
      Caller caller, HttpRequest<?> request, String tenantId, @Body byte[] body) {
    TenantId tenant = Asked.tenant(tenantId);
    Fields fields = Fields.ofBody(body).require("name", "role");
    String name = Bodies.name(fields);
    Role role = fields.oneOf("role", Role.class, Role::wireName, Role.VIEWER);
    if (role == Role.OPERATOR) {
      fields.fault("role", "must be one of viewer, developer, admin, owner");
    }
    Instant expiresAt = fields.timeOrNull("expiresAt");
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          JdbcControlTokens.Created created =
              tokens.create(caller, tenant, String.valueOf(name), role, expiresAt);
          Map<String, @Nullable Object> view = Views.of(created.token());
          view.put("token", created.text());
          return Answer.of(HttpStatus.CREATED, 0, view);
        });
  }

  @Get
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String tenantId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> tokens.list(caller, Asked.tenant(tenantId), limit, after),
        Views::of,
        ControlToken::ordinal);
  }

  @Delete("/{tokenId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> delete(Caller caller, String tenantId, String tokenId) {
    tokens.delete(caller, Asked.tenant(tenantId), Asked.uuid(tokenId));
    return Answer.noContent();
  }
}
