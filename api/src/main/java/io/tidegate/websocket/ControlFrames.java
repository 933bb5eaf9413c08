package io.tidegate.websocket;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/**
 * How many control frames a client may send: each costs an answer. A bucket of whole frames; on the
 * event loop.
 */
final class ControlFrames {
  /** A client pings once in many seconds; pings answer nothing faster. */
  static final int PER_SECOND = 5;

  /** What a client may send at once, after having been quiet. */
  static final int BURST = 25;

  private static final long NANOS_PER_FRAME = 1_000_000_000L / PER_SECOND;

  /** When the bucket is full again. */
  private long fullAtNanos = System.nanoTime();

  /**
   * @throws RefusedException INBOUND_FLOOD
   */
  void take(long nowNanos) {
    long next = (fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos) + NANOS_PER_FRAME;
    if (next - nowNanos > BURST * NANOS_PER_FRAME) {
      throw new RefusedException(
          Refusal.INBOUND_FLOOD, "at most " + PER_SECOND + " control frames a second");
    }
    fullAtNanos = next;
  }
}
