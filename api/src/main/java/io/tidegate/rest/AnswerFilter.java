package io.tidegate.rest;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.cors.CorsFilter;
import io.tidegate.auth.CrossOrigin;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The outermost filter: preflights end here, and every answer gets its headers. Stands in for
 * Micronaut's CORS filter, which knows one list of origins for all apps.
 */
@Replaces(CorsFilter.class)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AnswerFilter implements Ordered {
  private final RequestTimes times;
  private final RequestTraces traces;

  AnswerFilter(RequestTimes times, RequestTraces traces) {
    this.times = times;
    this.traces = traces;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @Nullable HttpResponse<?> before(HttpRequest<?> request) {
    RequestIds.of(request);
    RequestTimes.begun(request);
    traces.begun(request);
    HttpHeaders headers = request.getHeaders();
    String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedException(
          Refusal.CONTENT_TYPE_UNSUPPORTED, "send the body without Content-Encoding");
    }
    // What cannot be read as a media type the framework takes for none, and none for JSON.
    if (request.getMethod().requiresRequestBody()
        && headers.contains(HttpHeaders.CONTENT_TYPE)
        && request.getContentType().isEmpty()) {
      throw new RefusedException(Refusal.CONTENT_TYPE_UNSUPPORTED, "send application/json");
    }
    String origin = headers.get(HttpHeaders.ORIGIN);
    if (request.getMethod() != HttpMethod.OPTIONS
        || origin == null
        || !headers.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
        || !CrossOrigin.covers(request.getPath())) {
      return null;
    }
    MutableHttpResponse<?> answer = HttpResponse.noContent();
    CrossOrigin.preflight(origin).forEach((name, value) -> answer.getHeaders().set(name, value));
    return answer;
  }

  @ResponseFilter
  void after(HttpRequest<?> request, MutableHttpResponse<?> response) {
    AnswerHeaders.set(request, response);
    times.answered(request, response);
  }
}
