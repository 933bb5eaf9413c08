package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.TidegateException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What is tried again, and when, as the catalogue of refusals advises. */
public final class RetryPolicy {
  /** Full jitter from this, doubling; the catalogue's own figures. */
  private static final Duration FIRST = Duration.ofMillis(500);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** {@code idempotency-in-progress}: the first try is still at work. */
  private static final int IN_PROGRESS = 40905;

  private RetryPolicy() {}

  /** Whether a refusal says that the same call may succeed later. */
  public static boolean helps(TidegateException refusal, boolean repeatable) {
    return switch (refusal.status()) {
      // Nothing was carried out.
      case 408, 429, 503 -> true;
      case 409 -> refusal.code() == IN_PROGRESS;
      // It may have been.
      case 500, 502, 504 -> repeatable;
      default -> false;
    };
  }

  /**
   * How long to wait before the next try: what the gateway says and no less, else drawn between
   * nothing and a bound that doubles.
   *
   * @param tried how often it was tried
   */
  public static Duration delay(int tried, @Nullable Duration advised) {
    long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tried - 1, 16));
    if (advised != null) {
      // A little of one's own on top: whoever was told the same does not come at once.
      return advised.plusMillis(ThreadLocalRandom.current().nextLong(bound / 10 + 1));
    }
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
  }
}
