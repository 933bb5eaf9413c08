package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.tidegate.auth.Origins;

/** Whether a page of this very gateway asks. */
public final class SameOrigin {
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private SameOrigin() {}

  /**
   * Believes {@code Sec-Fetch-Site}, which no page can set (W3C Fetch Metadata); where a browser
   * sends none, as on plain HTTP beyond loopback, {@code Origin} must name the host asked.
   */
  public static boolean asks(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String site = headers.get(FETCH_SITE);
    return site == null
        ? Origins.isOf(headers.get(HttpHeaders.ORIGIN), Peers.hostOf(request))
        : site.equals("same-origin");
  }

  /** Whether a browser says that a page of somebody else asks. */
  public static boolean isAnother(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    boolean told = headers.contains(FETCH_SITE) || headers.contains(HttpHeaders.ORIGIN);
    return told && !asks(request);
  }

  /** Where this gateway is reached, as far as the request tells: {@code https://host:port}. */
  public static String base(HttpRequest<?> request) {
    String host = Peers.hostOf(request);
    String scheme = Peers.of(request).secure() ? "https" : "http";
    return scheme + "://" + (host == null ? "localhost" : host);
  }
}
