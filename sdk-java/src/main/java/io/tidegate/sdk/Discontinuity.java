package io.tidegate.sdk;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A jump: messages between {@code from} and {@code to} are not coming, or their epoch ended. What
 * is still kept can be read from history. The next message follows {@code to}.
 *
 * @param from the position before
 * @param missed how many messages are not coming, where that is known
 */
public record Discontinuity(
    String channel, Optional<Position> from, Position to, OptionalLong missed, Reason reason) {
  /** Why. */
  public enum Reason {
    /** They are no longer kept. */
    RETENTION,
    /** The numbering began anew: what kept the messages was lost or replaced. */
    EPOCH,
    /** The position is beyond the newest message. */
    AHEAD,
    /** The channel's durability changed. */
    RULES,
    /** The channel was deleted. */
    DELETED,
    /** The connection was too far behind. */
    SLOW,
    /** Lost on the way: channels of the class {@code none} only. */
    LOSS,
    /** A reason that this release does not know. */
    OTHER
  }
}
