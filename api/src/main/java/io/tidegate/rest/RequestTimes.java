package io.tidegate.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.web.router.UriRouteMatch;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long requests take, by route. Stands in for Micronaut's own timer of requests, whose labels
 * hold whatever method a client sends, and so grow without bound.
 */
@Singleton
final class RequestTimes {
  private static final String BEGUN = "tidegate.begunNanos";

  /** What no route was found for: the path is the client's own text. */
  private static final String NO_ROUTE = "-";

  private final MeterRegistry registry;

  /** Bounded by our routes, the known methods and our statuses. */
  private final ConcurrentHashMap<Label, Timer> timers = new ConcurrentHashMap<>();

  RequestTimes(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Label(String route, HttpMethod method, int status) {}

  static void begun(HttpRequest<?> request) {
    request.setAttribute(BEGUN, System.nanoTime());
  }

  /** Takes the time of an answered request, and writes its line in the access log. */
  void answered(HttpRequest<?> request, HttpResponse<?> response) {
    Long begun = request.getAttribute(BEGUN, Long.class).orElse(null);
    if (begun == null) {
      return;
    }
    long nanos = System.nanoTime() - begun;
    String route = route(request);
    timers
        .computeIfAbsent(new Label(route, request.getMethod(), response.code()), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    RequestTraces.answered(request, route, response.code());
    Access.answered(request, route, response.code(), TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private Timer timer(Label label) {
    return Timer.builder("http.server.requests")
        .description("Answered requests")
        .tag("uri", label.route())
        .tag("method", label.method().name())
        .tag("status", Integer.toString(label.status()))
        .register(registry);
  }

  private static String route(HttpRequest<?> request) {
    return request
        .getAttribute(HttpAttributes.ROUTE_MATCH, UriRouteMatch.class)
        .map(match -> match.getRouteInfo().getUriMatchTemplate().toString())
        .orElse(NO_ROUTE);
  }
}
