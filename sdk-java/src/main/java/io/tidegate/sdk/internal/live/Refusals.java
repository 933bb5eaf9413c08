package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What docs/errors.md says is to be done about a code. */
final class Refusals {
  static final int IDENTITY_CHANGED = 40102;
  static final int APP_DELETED = 40120;
  static final int TOKEN_EXPIRED = 40142;
  static final int SUBSCRIPTION_LIMIT = 42904;
  static final int NOT_ENTERED = 40907;
  static final int FRAME_TOO_LARGE = 41303;

  private Refusals() {}

  /** Whether the same frame may be accepted later. */
  static boolean isPassing(int code) {
    return switch (code / 100) {
      case 408, 500, 503, 504 -> true;
      case 429 -> code != SUBSCRIPTION_LIMIT;
      case 409 -> code == 40900 || code == 40905;
      default -> false;
    };
  }

  /** Whether another token of the same provider may be accepted. */
  static boolean mayMend(int code) {
    return code / 100 == 401 && code != IDENTITY_CHANGED && code != APP_DELETED;
  }

  static TidegateException of(int code, String message, @Nullable Long retryAfterMs) {
    return new TidegateException(
        code,
        code / 100,
        message,
        null,
        retryAfterMs == null ? null : Duration.ofMillis(retryAfterMs),
        "/docs/errors",
        null);
  }
}
