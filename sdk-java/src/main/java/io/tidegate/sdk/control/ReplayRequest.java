package io.tidegate.sdk.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are to be sent again.
 *
 * @param state {@code dead} or {@code delivered}
 * @param from of events that happened then or later; null for the oldest on
 * @param to and before then; null for up to the newest
 */
public record ReplayRequest(String state, @Nullable Instant from, @Nullable Instant to) {
  /** Those that were given up. */
  public static ReplayRequest dead() {
    return new ReplayRequest("dead", null, null);
  }

  /** Those that arrived. */
  public static ReplayRequest delivered() {
    return new ReplayRequest("delivered", null, null);
  }

  /** The same, of events that happened between these, the second not included. */
  public ReplayRequest between(@Nullable Instant oldest, @Nullable Instant end) {
    return new ReplayRequest(state, oldest, end);
  }
}
