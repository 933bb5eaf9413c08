package io.tidegate.hub;

import io.tidegate.frame.EncodedMessage;
import org.jspecify.annotations.Nullable;

/** What all rings of one event loop may hold together; knows which message is the oldest. */
final class RingBudget {
  private final long maxBytes;
  private long bytes;
  private @Nullable Kept oldest;
  private @Nullable Kept newest;

  RingBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long bytes() {
    return bytes;
  }

  /** Takes in the newest message of some ring and drops the oldest ones past the bound. */
  void add(Kept one) {
    one.older = newest;
    if (newest == null) {
      oldest = one;
    } else {
      newest.newer = one;
    }
    newest = one;
    bytes += one.weight;
    while (bytes > maxBytes && oldest != null && oldest != one) {
      drop(oldest);
    }
  }

  /** Drops a message that is the oldest of its ring. */
  void drop(Kept one) {
    one.ring.dropOldest();
    if (one.older == null) {
      oldest = one.newer;
    } else {
      one.older.newer = one.newer;
    }
    if (one.newer == null) {
      newest = one.older;
    } else {
      one.newer.older = one.older;
    }
    bytes -= one.weight;
  }

  /** One message in a ring, linked to its neighbours in age across all rings of the loop. */
  static final class Kept {
    private final Ring ring;
    private final EncodedMessage message;
    private final int weight;
    private @Nullable Kept older;
    private @Nullable Kept newer;

    Kept(Ring ring, EncodedMessage message) {
      this.ring = ring;
      this.message = message;
      this.weight = message.weight();
    }

    EncodedMessage message() {
      return message;
    }
  }
}
