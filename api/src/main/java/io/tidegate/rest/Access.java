package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.logging.AccessLog;
import io.tidegate.trace.Trace;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request's line in the access log. */
final class Access {
  private Access() {}

  static void answered(HttpRequest<?> request, String route, int status, long millis) {
    if (!AccessLog.isOn()) {
      return;
    }
    AppPrincipal app = app(request);
    Trace trace = RequestTraces.of(request);
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
        actor(request),
        "traceId",
        trace == null ? null : trace.id());
  }

  /** The holder of a key or token who asked; null when it was somebody else. */
  static @Nullable AppPrincipal app(HttpRequest<?> request) {
    return request.getUserPrincipal().orElse(null) instanceof AppAuthentication one
        ? one.principal()
        : null;
  }

  /** The name of who asked the control plane; null when it was somebody else. */
  static @Nullable String actor(HttpRequest<?> request) {
    Principal who = request.getUserPrincipal().orElse(null);
    return who instanceof Authentication && !(who instanceof AppAuthentication)
        ? who.getName()
        : null;
  }
}
