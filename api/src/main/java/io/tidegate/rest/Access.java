package io.tidegate.rest;

import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.web.router.UriRouteMatch;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.logging.AccessLog;
import java.security.Principal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request's line in the access log. */
final class Access {
  private static final String BEGUN = "tidegate.begunNanos";

  /** What no route was found for: the path is the client's own text. */
  private static final String NO_ROUTE = "-";

  private Access() {}

  static void begun(HttpRequest<?> request) {
    if (AccessLog.isOn()) {
      request.setAttribute(BEGUN, System.nanoTime());
    }
  }

  static void answered(HttpRequest<?> request, HttpResponse<?> response) {
    Long begun = request.getAttribute(BEGUN, Long.class).orElse(null);
    if (begun == null) {
      return;
    }
    Principal who = request.getUserPrincipal().orElse(null);
    AppPrincipal app = who instanceof AppAuthentication one ? one.principal() : null;
    AccessLog.write(
        "request",
        "method",
        request.getMethod().name(),
        "route",
        route(request),
        "status",
        response.code(),
        "ms",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        "requestId",
        RequestIds.of(request),
        "app",
        app == null ? null : app.app().value(),
        "key",
        app == null ? null : app.key(),
        "actor",
        actor(who));
  }

  private static @Nullable String actor(@Nullable Principal who) {
    return who instanceof Authentication && !(who instanceof AppAuthentication)
        ? who.getName()
        : null;
  }

  private static String route(HttpRequest<?> request) {
    return request
        .getAttribute(HttpAttributes.ROUTE_MATCH, UriRouteMatch.class)
        .map(match -> match.getRouteInfo().getUriMatchTemplate().toString())
        .orElse(NO_ROUTE);
  }
}
