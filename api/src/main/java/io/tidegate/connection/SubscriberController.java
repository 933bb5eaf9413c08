package io.tidegate.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.ChannelName;
import io.tidegate.rest.Pages;
import java.util.List;
import java.util.Map;

/** {@code /v1/channels/{channel}/subscribers}: for keys with {@code admin} on the channel. */
@Controller("/v1/channels")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class SubscriberController {
  private final Insight insight;
  private final Pages pages;

  SubscriberController(Insight insight, Pages pages) {
    this.insight = insight;
    this.pages = pages;
  }

  @Get("/{channel:[^/]+}/subscribers")
  HttpResponse<byte[]> list(AppPrincipal key, HttpRequest<?> request, ChannelName name) {
    key.requireInsight(name);
    int limit = Pages.limit(request);
    String after = pages.after(request);
    List<Map<String, ?>> some =
        insight.subscribers(key.app(), name, after == null ? "" : after, limit + 1);
    boolean more = some.size() > limit;
    List<Map<String, ?>> page = more ? some.subList(0, limit) : some;
    return pages.answer(
        request, page, more ? String.valueOf(page.getLast().get("connectionId")) : null);
  }
}
