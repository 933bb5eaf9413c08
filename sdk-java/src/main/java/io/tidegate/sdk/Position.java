package io.tidegate.sdk;

/**
 * Where a message stands in its channel: one position is one message, for ever.
 *
 * @param epoch the run of numbers it belongs to, opaque
 * @param seq its number, rising by one from message to message
 */
public record Position(String epoch, long seq) {
  public Position {
    if (epoch.isEmpty() || seq < 0) {
      throw new IllegalArgumentException("not a position: " + epoch + ", " + seq);
    }
  }
}
