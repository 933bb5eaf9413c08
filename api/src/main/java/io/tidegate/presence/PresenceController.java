package io.tidegate.presence;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.ChannelName;
import io.tidegate.frame.MemberJson;
import io.tidegate.rest.Pages;

/** {@code GET /v1/channels/{channel}/presence}. */
@Controller("/v1/channels/{channel:[^/]+}/presence")
@Secured({AppRoles.KEY, AppRoles.TOKEN})
@ExecuteOn(TaskExecutors.BLOCKING)
class PresenceController {
  private final Presence presence;
  private final Pages pages;

  PresenceController(Presence presence, Pages pages) {
    this.presence = presence;
    this.pages = pages;
  }

  @Get
  HttpResponse<byte[]> read(AppPrincipal who, HttpRequest<?> request, ChannelName name) {
    String after = pages.after(request);
    Presence.Page page = presence.page(who, name, Pages.limit(request), after == null ? "" : after);
    String behind = page.cursor();
    String next = behind == null ? null : pages.cursor(request, MemberJson.keyOf(behind));
    MutableHttpResponse<byte[]> response =
        HttpResponse.ok(MemberJson.page(page.version(), page.count(), page.members(), next))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    if (next != null) {
      response.header(HttpHeaders.LINK, Pages.link(request, next));
    }
    return response;
  }
}
