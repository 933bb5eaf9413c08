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
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.webhook.store.JdbcWebhooks;
import io.tidegate.webhook.store.JdbcWebhooks.WithSecret;
import io.tidegate.webhook.store.WebhookChange;
import io.tidegate.webhook.store.WebhookEntry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Backends that are told what happens in channels. */
@Controller("/v1/apps/{appId}/webhooks")
@ExecuteOn(TaskExecutors.BLOCKING)
class WebhookController {
  private final JdbcWebhooks webhooks;
  private final WebhookTargets targets;
  private final Edge edge;
  private final Pages pages;

  WebhookController(JdbcWebhooks webhooks, WebhookTargets targets, Edge edge, Pages pages) {
    this.webhooks = webhooks;
    this.targets = targets;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> create(
      Caller caller, HttpRequest<?> request, String appId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Fields.ofBody(body).require("name", "url", "events");
    WebhookChange wanted = WebhookBodies.change(fields, targets);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> withSecret(HttpStatus.CREATED, webhooks.create(caller, app, wanted)));
  }

  @Get
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> webhooks.list(caller, Asked.app(appId), limit, after),
        WebhookViews::of,
        WebhookEntry::ordinal);
  }

  @Get("/{webhookId}")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> read(Caller caller, String appId, String webhookId) {
    WebhookEntry entry = webhooks.read(caller, Asked.app(appId), Asked.uuid(webhookId));
    return Answer.ok(entry.version(), WebhookViews.of(entry));
  }

  @Patch("/{webhookId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> update(
      Caller caller, HttpRequest<?> request, String appId, String webhookId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Bodies.change(body);
    WebhookChange change = WebhookBodies.change(fields, targets);
    fields.check();
    WebhookEntry entry =
        webhooks.update(caller, app, Asked.uuid(webhookId), Asked.ifMatch(request), change);
    return Answer.ok(entry.version(), WebhookViews.of(entry));
  }

  @Delete("/{webhookId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> delete(
      Caller caller, HttpRequest<?> request, String appId, String webhookId) {
    webhooks.delete(caller, Asked.app(appId), Asked.uuid(webhookId), Asked.ifMatch(request));
    return Answer.noContent();
  }

  @Post("/{webhookId}/rotate-secret")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> rotate(
      Caller caller, HttpRequest<?> request, String appId, String webhookId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    UUID id = Asked.uuid(webhookId);
    IfMatch ifMatch = Asked.ifMatch(request);
    Duration overlap = WebhookBodies.overlap(body);
    return edge.once(
        caller,
        request,
        body,
        () -> withSecret(HttpStatus.OK, webhooks.rotate(caller, app, id, ifMatch, overlap)));
  }

  private static Answer withSecret(HttpStatus status, WithSecret made) {
    Map<String, @Nullable Object> view = WebhookViews.of(made.webhook());
    view.put("secret", made.secret());
    return Answer.of(status, made.webhook().version(), view);
  }
}
