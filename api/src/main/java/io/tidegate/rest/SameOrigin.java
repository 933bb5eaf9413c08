package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

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
        ? isOf(headers.get(HttpHeaders.ORIGIN), host(request))
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
    String host = host(request);
    String scheme = Peers.of(request).secure() ? "https" : "http";
    return scheme + "://" + (host == null ? "localhost" : host);
  }

  /** A proxy may ask under another name than the page did. */
  private static @Nullable String host(HttpRequest<?> request) {
    String told = Peers.of(request).host();
    return told == null ? request.getHeaders().get(HttpHeaders.HOST) : told;
  }

  private static boolean isOf(@Nullable String origin, @Nullable String host) {
    return origin != null
        && host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
