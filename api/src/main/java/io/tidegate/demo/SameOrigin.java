package io.tidegate.demo;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.tidegate.auth.Origins;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Peers;

/** Whether a page of this very gateway asks: nobody else has a use for what it is given. */
final class SameOrigin {
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private SameOrigin() {}

  /**
   * Believes {@code Sec-Fetch-Site}, which no page can set (W3C Fetch Metadata); where a browser
   * sends none, as on plain HTTP beyond loopback, {@code Origin} must name the host asked.
   *
   * @throws RefusedException ORIGIN_REFUSED
   */
  static void require(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String site = headers.get(FETCH_SITE);
    boolean same =
        site == null
            ? Origins.isOf(headers.get(HttpHeaders.ORIGIN), Peers.hostOf(request))
            : site.equals("same-origin");
    if (!same) {
      throw new RefusedException(
          Refusal.ORIGIN_REFUSED, "only the demo page of this gateway may ask for this");
    }
  }
}
