package io.tidegate.sdk.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Of which usage.
 *
 * @param unit {@code minute}, {@code hour}, {@code day} or {@code month}
 * @param appId null for all apps
 * @param start null for what the gateway begins with
 * @param end exclusive; null for now
 */
public record UsageQuery(
    String unit, @Nullable String appId, @Nullable Instant start, @Nullable Instant end) {
  /** Of all apps, lately. */
  public static UsageQuery by(String unit) {
    return new UsageQuery(unit, null, null, null);
  }
}
