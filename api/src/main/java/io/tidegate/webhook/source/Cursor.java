package io.tidegate.webhook.source;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far webhooks have been told of a channel's window.
 *
 * @param at the last message told; null when none was yet
 * @param movedMillis when that was, by PostgreSQL's clock
 */
record Cursor(@Nullable Position at, long movedMillis) {
  static final Cursor NONE = new Cursor(null, 0);

  static Cursor of(String epoch, long seq, long movedMillis) {
    return epoch.isEmpty() ? NONE : new Cursor(new Position(new Epoch(epoch), seq), movedMillis);
  }

  /** Whether everything up to there was told. */
  boolean covers(Position other) {
    return at != null && at.epoch().equals(other.epoch()) && at.seq() >= other.seq();
  }
}
