package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.tidegate.auth.CrossOrigin;
import io.tidegate.peer.Peer;
import io.tidegate.problem.RequestId;

/**
 * The headers that every answer has, refusals of half-read requests included. Setting them twice
 * changes nothing.
 */
final class AnswerHeaders {
  private static final String ORIGIN_REFUSED = "tidegate.originRefused";

  private AnswerHeaders() {}

  /** The page that asked may not read the answer. */
  static void refuseOrigin(HttpRequest<?> request) {
    request.setAttribute(ORIGIN_REFUSED, true);
  }

  static void set(HttpRequest<?> request, MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    headers.set(RequestId.HEADER, RequestIds.of(request));
    RateHeaders.set(request, headers);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    if (Peers.of(request).secure()) {
      headers.set("Strict-Transport-Security", Peer.STAY_SECURE);
    }
    if (request.getPath().startsWith("/v1/") && !headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    boolean decided =
        headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)
            || request.getAttribute(ORIGIN_REFUSED).isPresent();
    if (origin != null && !decided && CrossOrigin.covers(request.getPath())) {
      CrossOrigin.answer(origin).forEach(headers::set);
    }
    if (response.code() == HttpStatus.UNAUTHORIZED.getCode()) {
      // Never Basic: a browser would ask its user for a password.
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tidegate\"");
    }
  }
}
