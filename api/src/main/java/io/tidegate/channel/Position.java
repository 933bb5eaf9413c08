package io.tidegate.channel;

/**
 * A place in one channel: the last message seen. {@code seq} 0 is the place before the first
 * message.
 */
public record Position(Epoch epoch, long seq) {
  public Position {
    if (seq < 0) {
      throw new IllegalArgumentException("a seq is not negative");
    }
  }
}
