package io.tidegate.scenarios.judge;

/** Where a message stands in its channel. */
public record Place(String epoch, long seq) {
  /** Whether this is a later one of the same epoch. */
  boolean isBehind(Place other) {
    return epoch.equals(other.epoch) && seq > other.seq;
  }

  @Override
  public String toString() {
    return epoch + ":" + seq;
  }
}
