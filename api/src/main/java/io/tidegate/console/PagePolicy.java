package io.tidegate.console;

import io.micronaut.http.MutableHttpResponse;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a browser lets the console's page do (Content Security Policy 3): its own scripts, styles
 * and requests and nothing else, in no frame. What stands in the page itself has the nonce of this
 * one answer.
 */
final class PagePolicy {
  /** Where the build leaves room for the nonce: {@code html.cspNonce} of Vite. */
  static final String PLACEHOLDER = "__CSP_NONCE__";

  /** 128 bits, as the standard asks for. */
  private static final int NONCE_BYTES = 16;

  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'nonce-%1$s'; style-src 'self' 'nonce-%1$s'; "
          + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
          + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private final SecureRandom random = new SecureRandom();

  String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static void set(MutableHttpResponse<?> answer, String nonce) {
    answer
        .header("Content-Security-Policy", POLICY.formatted(nonce))
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("X-Frame-Options", "DENY")
        .header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
  }
}
