package io.tidegate.webhook;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param status null: there was no answer
 * @param answer its first bytes, {@link #MAX_ANSWER} at most
 * @param error why there was no answer; null when there was one
 */
@SuppressWarnings("ArrayRecordComponent") // written down, never compared
public record Attempt(
    @Nullable Integer status, long latencyMillis, byte[] answer, @Nullable String error) {
  /** Enough to see which error page it is; each is kept for days. */
  public static final int MAX_ANSWER = 1_024;

  private static final int MAX_ERROR = 255;

  public Attempt {
    answer = answer.length > MAX_ANSWER ? Arrays.copyOf(answer, MAX_ANSWER) : answer;
    error = error != null && error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error;
  }

  public static Attempt answered(int status, long latencyMillis, byte[] answer) {
    return new Attempt(status, latencyMillis, answer, null);
  }

  public static Attempt unanswered(long latencyMillis, String error) {
    return new Attempt(null, latencyMillis, new byte[0], error);
  }

  /** Whether what was sent has arrived, and need not be sent again. */
  public boolean delivers() {
    return status != null && status >= 200 && status < 300;
  }
}
