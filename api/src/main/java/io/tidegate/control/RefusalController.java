package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.explain.Explainer;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Occurrence;
import io.tidegate.refusal.RefusalQuery;
import io.tidegate.refusal.RefusalStore;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an app's clients were refused, and what they would be. */
@Controller("/v1/apps/{appId}")
@ExecuteOn(TaskExecutors.BLOCKING)
class RefusalController {
  private static final int MAX_TEXT = 512;

  private final JdbcApps apps;
  private final RefusalStore refusals;
  private final Explainer explainer;
  private final Pages pages;

  RefusalController(JdbcApps apps, RefusalStore refusals, Explainer explainer, Pages pages) {
    this.apps = apps;
    this.refusals = refusals;
    this.explainer = explainer;
    this.pages = pages;
  }

  @Get("/refusals")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId) {
    AppEntry app = apps.read(caller, Asked.app(appId));
    RefusalQuery query =
        new RefusalQuery(
            app.tenant(),
            app.appId(),
            text(request, "requestId"),
            text(request, "clientId"),
            code(request),
            Asked.time("since", request.getParameters().get("since")));
    int limit = Pages.limit(request);
    String after = pages.after(request);
    UUID before = after == null ? null : UUID.fromString(after);
    return pages.answer(
        request,
        Page.of(refusals.read(query, before, limit + 1), limit),
        RefusalViews::of,
        Occurrence::id);
  }

  /** Changes nothing, so it needs no Idempotency-Key. */
  @Post("/explain")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> explain(Caller caller, String appId, @Body byte[] body) {
    AppEntry app = apps.read(caller, Asked.app(appId));
    return Answer.ok(0, RefusalViews.of(explainer.explain(Questions.read(app, body))));
  }

  private static @Nullable String text(HttpRequest<?> request, String name) {
    String text = request.getParameters().get(name);
    if (text != null && (text.isEmpty() || text.length() > MAX_TEXT || text.indexOf(0) >= 0)) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, name, "must have 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private static @Nullable Integer code(HttpRequest<?> request) {
    String text = request.getParameters().get("code");
    if (text == null) {
      return null;
    }
    if (!text.matches("[45][0-9]{4}")) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "code", "must be a code of the catalogue, such as 40301");
    }
    return Integer.valueOf(text);
  }
}
