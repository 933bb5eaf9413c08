package io.tidegate.control;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.tidegate.account.SessionRules;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. With this prefix a browser takes it from this very host only, over TLS
 * or from the machine itself (RFC 6265bis, 4.1.3); no script reads it, no other site sends it.
 */
final class Cookies {
  static final String NAME = "__Host-tidegate";

  private static final String RULES = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=";

  private Cookies() {}

  /** The text that the request carries; null without one. */
  static @Nullable String text(HttpRequest<?> request) {
    return request.getCookies().findCookie(NAME).map(Cookie::getValue).orElse(null);
  }

  static <T> MutableHttpResponse<T> set(MutableHttpResponse<T> response, String text) {
    return response.header(
        HttpHeaders.SET_COOKIE, NAME + "=" + text + RULES + SessionRules.ABSOLUTE.toSeconds());
  }

  static <T> MutableHttpResponse<T> end(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.SET_COOKIE, NAME + "=" + RULES + 0);
  }
}
