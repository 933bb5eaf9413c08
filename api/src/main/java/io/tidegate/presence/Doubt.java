package io.tidegate.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server that lost its memory, or has a copy from before, knows members again only when their
 * nodes have put them in: until then that they are missing is no news. Guarded by the room.
 */
final class Doubt {
  private final long believedNanos;
  private boolean doubts;
  private long sinceNanos;

  /**
   * @param believedAfter for so long it is not believed; then who is missing is gone
   */
  Doubt(Duration believedAfter) {
    this.believedNanos = believedAfter.toNanos();
  }

  /** Whether what was read is to be read again, and nobody told of it. */
  boolean of(@Nullable Snapshot known, @Nullable Snapshot next) {
    boolean isLess =
        known != null
            && next != null
            && !known.epoch().equals(next.epoch())
            && !next.members().keySet().containsAll(known.members().keySet());
    if (isLess && !doubts) {
      sinceNanos = System.nanoTime();
    }
    doubts = isLess && (!doubts || System.nanoTime() - sinceNanos < believedNanos);
    return doubts;
  }
}
