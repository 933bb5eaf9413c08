package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.trace.Trace;
import io.tidegate.trace.Traces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traces of sampled requests to the API, from their heads to their answers. */
@Singleton
public final class RequestTraces {
  private static final String ATTRIBUTE = "tidegate.trace";
  private static final String API = "/v1/";
  private static final int SERVER_ERROR = 500;

  private final Traces traces;

  RequestTraces(Traces traces) {
    this.traces = traces;
  }

  /** The request's trace, null when it is not traced. */
  public static @Nullable Trace of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE).orElse(null) instanceof Trace trace ? trace : null;
  }

  void begun(HttpRequest<?> request) {
    if (!traces.isOn() || !request.getPath().startsWith(API)) {
      return;
    }
    Trace trace = traces.begin(traces.parent(request.getHeaders().getAll(Traces.HEADER)));
    if (trace != null) {
      request.setAttribute(ATTRIBUTE, trace);
    }
  }

  static void answered(HttpRequest<?> request, String route, int status) {
    Trace trace = of(request);
    if (trace == null) {
      return;
    }
    String method = request.getMethod().name();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("http.request.method", method);
    facts.put("http.route", route);
    facts.put("http.response.status_code", status);
    facts.put("tidegate.request", RequestIds.of(request));
    AppPrincipal app = Access.app(request);
    if (app != null) {
      facts.put("tidegate.app", app.app().value());
      facts.put("tidegate.key", app.key());
    }
    String actor = Access.actor(request);
    if (actor != null) {
      facts.put("tidegate.actor", actor);
    }
    trace.end(
        method + " " + route, facts, status >= SERVER_ERROR ? Integer.toString(status) : null);
  }
}
