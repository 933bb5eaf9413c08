package io.tidegate.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An event on its way to one webhook, as it is taken from the queue.
 *
 * @param key of its subject
 * @param at when it happened
 * @param data a JSON object's text
 * @param attempts made so far
 */
public record Delivery(
    UUID id, UUID eventId, String type, String key, Instant at, String data, int attempts) {
  /** For so long it is tried, from when it was queued. Both rivals give up after minutes. */
  public static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

  /** Where it stands. */
  public enum State {
    PENDING,
    DELIVERED,
    /** Given up; kept for a while, and can be sent again by hand. */
    DEAD
  }
}
