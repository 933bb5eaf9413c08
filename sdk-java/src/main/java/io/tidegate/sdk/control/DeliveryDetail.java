package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery, what it brings, and what came of it.
 *
 * @param data the {@code data} of what is sent
 * @param attempts the last 50, the newest first
 */
public record DeliveryDetail(
    Delivery delivery, Map<String, @Nullable Object> data, List<Attempt> attempts) {
  /**
   * One try.
   *
   * @param status empty when there was no answer
   * @param answer its first 1,024 bytes, as text
   * @param error why there was no answer
   */
  public record Attempt(
      int number,
      Instant at,
      Optional<Integer> status,
      long latencyMs,
      Optional<String> answer,
      Optional<String> error) {}
}
