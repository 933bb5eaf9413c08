package io.tidegate.auth;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The CORS headers of the data plane (Fetch standard): any page may ask, whether it gets an answer
 * is {@link Origins}' decision once the app is known. Credentials travel in headers of ours, never
 * in cookies, so {@code Access-Control-Allow-Credentials} is never sent. Plain Java: the edges
 * beneath Micronaut answer with the same headers.
 */
public final class CrossOrigin {
  private static final List<String> PREFIXES =
      List.of("channels", "messages", "tokens", "tickets", "connections", "clients");
  private static final Set<String> STREAMS = Set.of("/v1/ws", "/v1/sse", "/v1/poll");
  private static final int MAX_ORIGIN = 300;
  private static final String ROOT = "/v1/";
  private static final String EXPOSED =
      "X-Request-Id, Retry-After, Link, RateLimit, RateLimit-Policy";

  private CrossOrigin() {}

  /** Whether the path belongs to the data plane, which pages of other origins may use. */
  public static boolean covers(String path) {
    if (STREAMS.contains(path)) {
      return true;
    }
    for (String prefix : PREFIXES) {
      int end = ROOT.length() + prefix.length();
      if (path.startsWith(ROOT)
          && path.startsWith(prefix, ROOT.length())
          && (path.length() == end || path.charAt(end) == '/')) {
        return true;
      }
    }
    return false;
  }

  /** What an answer says to a page of this origin; nothing to what cannot be one. */
  public static Map<String, String> answer(String origin) {
    if (!isPlain(origin)) {
      return Map.of();
    }
    return Map.of(
        "Access-Control-Allow-Origin", origin,
        "Access-Control-Expose-Headers", EXPOSED,
        "Vary", "Origin");
  }

  /** What the answer to a preflight says. */
  public static Map<String, String> preflight(String origin) {
    if (!isPlain(origin)) {
      return Map.of();
    }
    return Map.of(
        "Access-Control-Allow-Origin",
        origin,
        "Access-Control-Allow-Methods",
        "GET, POST, DELETE",
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, X-Request-Id, Last-Event-ID, traceparent, tracestate",
        "Access-Control-Max-Age",
        "7200",
        "Vary",
        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
  }

  /** It is repeated in a header, so nothing may be in it that could end one. */
  private static boolean isPlain(String origin) {
    return origin.length() <= MAX_ORIGIN && origin.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
