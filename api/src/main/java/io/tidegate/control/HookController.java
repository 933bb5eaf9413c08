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
import io.tidegate.hook.HookCalls;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.store.HookChange;
import io.tidegate.hook.store.HookEntry;
import io.tidegate.hook.store.JdbcHooks;
import io.tidegate.hook.store.JdbcHooks.WithSecret;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.session.Sessions;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.IfMatch;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Backends that are asked before something happens. */
@Controller("/v1/apps/{appId}/hooks")
@ExecuteOn(TaskExecutors.BLOCKING)
class HookController {
  private final JdbcHooks hooks;
  private final HookCalls calls;
  private final WebhookTargets targets;
  private final Sessions sessions;
  private final Edge edge;
  private final Pages pages;

  HookController(
      JdbcHooks hooks,
      HookCalls calls,
      WebhookTargets targets,
      Sessions sessions,
      Edge edge,
      Pages pages) {
    this.hooks = hooks;
    this.calls = calls;
    this.targets = targets;
    this.sessions = sessions;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> create(
      Caller caller, HttpRequest<?> request, String appId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Fields.ofBody(body).require("name", "kind", "url");
    HookKind kind = HookBodies.kind(fields);
    HookChange wanted = HookBodies.change(fields, targets);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> withSecret(HttpStatus.CREATED, hooks.create(caller, app, kind, wanted)));
  }

  @Get
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> hooks.list(caller, Asked.app(appId), limit, after),
        HookViews::of,
        HookEntry::ordinal);
  }

  @Get("/{hookId}")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> read(Caller caller, String appId, String hookId) {
    HookEntry entry = hooks.read(caller, Asked.app(appId), Asked.uuid(hookId));
    return Answer.ok(entry.version(), HookViews.of(entry));
  }

  @Get("/{hookId}/calls")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> calls(Caller caller, String appId, String hookId) {
    HookEntry entry = hooks.read(caller, Asked.app(appId), Asked.uuid(hookId));
    return Answer.ok(0, HookViews.of(sessions.node(), calls.view(entry.id())));
  }

  @Patch("/{hookId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> update(
      Caller caller, HttpRequest<?> request, String appId, String hookId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    Fields fields = Bodies.change(body);
    HookChange change = HookBodies.change(fields, targets);
    fields.check();
    HookEntry entry = hooks.update(caller, app, Asked.uuid(hookId), Asked.ifMatch(request), change);
    return Answer.ok(entry.version(), HookViews.of(entry));
  }

  @Delete("/{hookId}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> delete(Caller caller, HttpRequest<?> request, String appId, String hookId) {
    hooks.delete(caller, Asked.app(appId), Asked.uuid(hookId), Asked.ifMatch(request));
    return Answer.noContent();
  }

  @Post("/{hookId}/rotate-secret")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> rotate(
      Caller caller, HttpRequest<?> request, String appId, String hookId, @Body byte[] body) {
    AppId app = Asked.app(appId);
    UUID id = Asked.uuid(hookId);
    IfMatch ifMatch = Asked.ifMatch(request);
    Duration overlap = WebhookBodies.overlap(body);
    return edge.once(
        caller,
        request,
        body,
        () -> withSecret(HttpStatus.OK, hooks.rotate(caller, app, id, ifMatch, overlap)));
  }

  private static Answer withSecret(HttpStatus status, WithSecret made) {
    Map<String, @Nullable Object> view = HookViews.of(made.hook());
    view.put("secret", made.secret());
    return Answer.of(status, made.hook().version(), view);
  }
}
