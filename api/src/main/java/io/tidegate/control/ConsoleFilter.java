package io.tidegate.control;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.SameOrigin;
import java.util.Set;

/**
 * Keeps pages of other sites from changing anything with somebody's session (OWASP ASVS 5.0,
 * V3.5.1): what a form can send has not our header, and a script's request with it tells where it
 * comes from. Nor may such a page sign anybody in, lest they work in another's account unawares.
 */
@ServerFilter("/v1/**")
final class ConsoleFilter implements Ordered {
  static final String HEADER = "X-Tidegate-Console";

  private static final Set<String> OPENING = Set.of("/v1/session", "/v1/invitations/accept");

  /** Behind those that count requests, before anyone is asked who they are. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 2;
  }

  @RequestFilter
  void before(HttpRequest<?> request) {
    HttpMethod method = request.getMethod();
    if (method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS) {
      return;
    }
    boolean session =
        Cookies.text(request) != null && !request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
    boolean ours =
        session
            ? "1".equals(request.getHeaders().get(HEADER)) && SameOrigin.asks(request)
            : !(OPENING.contains(request.getPath()) && SameOrigin.isAnother(request));
    if (!ours) {
      throw new RefusedException(
          Refusal.NOT_FROM_CONSOLE,
          "With a session this needs " + HEADER + ": 1, from a page of this gateway.");
    }
  }
}
