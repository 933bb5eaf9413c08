package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.logging.AccessLog;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request's line in the access log. */
final class Access {
  private Access() {}

  static void answered(HttpRequest<?> request, String route, int status, long millis) {
    if (!AccessLog.isOn()) {
      return;
    }
    Principal who = request.getUserPrincipal().orElse(null);
    AppPrincipal app = who instanceof AppAuthentication one ? one.principal() : null;
    AccessLog.write(
        "request",
        "method",
        request.getMethod().name(),
        "route",
        route,
        "status",
        status,
        "ms",
        millis,
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
}
