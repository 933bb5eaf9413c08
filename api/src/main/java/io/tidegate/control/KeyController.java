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
import io.tidegate.channel.Capabilities;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcKeys;
import io.tidegate.tenant.store.JdbcKeys.Expiry;
import io.tidegate.tenant.store.KeyEntry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials of backends. */
@Controller("/v1/apps/{appId}/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
class KeyController {
  private final JdbcKeys keys;
  private final Edge edge;
  private final Pages pages;

  KeyController(JdbcKeys keys, Edge edge, Pages pages) {
    this.keys = keys;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> create(
      Caller caller, HttpRequest<?> request, String appId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Fields.ofBody(body).require("name", "capabilities");
    String name = Bodies.name(fields);
    Capabilities capabilities = Bodies.capabilities(fields);
    Instant expiresAt = fields.timeOrNull("expiresAt");
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          JdbcKeys.Created created =
              keys.create(
                  caller,
                  app,
                  String.valueOf(name),
                  capabilities == null ? Capabilities.NONE : capabilities,
                  expiresAt);
          Map<String, @Nullable Object> view = Views.of(created.key());
          view.put("key", created.key().keyName() + ":" + created.secret());
          return Answer.of(HttpStatus.CREATED, created.key().version(), view);
        });
  }

  @Get
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> keys.list(caller, Asked.app(appId), limit, after),
        Views::of,
        KeyEntry::ordinal);
  }

  @Get("/{keyId}")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> read(Caller caller, String appId, String keyId) {
    KeyEntry key = keys.read(caller, Asked.app(appId), Asked.keyId(keyId));
    return Answer.ok(key.version(), Views.of(key));
  }

  @Patch("/{keyId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> update(
      Caller caller, HttpRequest<?> request, String appId, String keyId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Bodies.change(body);
    String name = Bodies.name(fields);
    Capabilities capabilities = Bodies.capabilities(fields);
    Expiry expiry = fields.has("expiresAt") ? new Expiry(fields.timeOrNull("expiresAt")) : null;
    fields.check();
    KeyEntry key =
        keys.update(
            caller, app, Asked.keyId(keyId), Asked.ifMatch(request), name, capabilities, expiry);
    return Answer.ok(key.version(), Views.of(key));
  }

  @Delete("/{keyId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> revoke(Caller caller, HttpRequest<?> request, String appId, String keyId) {
    keys.revoke(caller, Asked.app(appId), Asked.keyId(keyId), Asked.ifMatch(request));
    return Answer.noContent();
  }
}
