package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Discontinuity.Reason;
import io.tidegate.sdk.Position;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far one subscription is in its channel, and what is to become of what comes: each message
 * once, in order, and no jump without a word. Pure. Seqs go on across epochs (asyncapi.yaml, Seq),
 * so they alone tell what is new.
 */
final class Cursor {
  /** What is to become of a message. */
  enum Take {
    /** It is the next one. */
    NEXT,
    /** It was here before. */
    REPEATED,
    /** Something before it is missing: ask again from the position. */
    GAP
  }

  private final String channel;
  private @Nullable Position at;
  private boolean conflated;

  Cursor(String channel, @Nullable Position since) {
    this.channel = channel;
    this.at = since;
  }

  /** Of the last message taken; null before the channel has begun. */
  @Nullable Position position() {
    return at;
  }

  /** A message, or one skipped. Only {@link Take#NEXT} moves the position. */
  Take take(String epoch, long seq) {
    Position before = at;
    if (before == null) {
      return Take.GAP;
    }
    if (seq <= before.seq()) {
      return Take.REPEATED;
    }
    if (seq > before.seq() + 1 && !conflated) {
      return Take.GAP;
    }
    at = new Position(epoch, seq);
    return Take.NEXT;
  }

  /**
   * The channel begins, or goes on, behind {@code begin}.
   *
   * @param reason why it does not go on where it was asked to; null when it does
   * @param sinceEpoch of the position that was asked for; null when none was
   * @return the jump to announce; null when there is none, or when {@link #isBehind} says that it
   *     is to be asked for
   */
  @Nullable Discontinuity subscribed(
      Position begin, @Nullable Reason reason, boolean mayJump, @Nullable String sinceEpoch) {
    conflated = mayJump;
    Position before = at;
    if (before == null) {
      at = begin;
      return null;
    }
    if (reason != null) {
      return isPast(begin, reason) ? null : jump(begin, null, reason);
    }
    boolean sameRun = before.epoch().equals(begin.epoch()) || before.epoch().equals(sinceEpoch);
    if (sameRun || sinceEpoch == null && isBehind(begin)) {
      return null;
    }
    // Another subscription's position was asked for, and it knows a newer epoch than this one.
    long seq = Math.max(before.seq(), begin.seq());
    return jump(new Position(begin.epoch(), seq), null, Reason.EPOCH);
  }

  /** Whether messages between here and {@code begin} are missing and not announced. */
  boolean isBehind(Position begin) {
    return at != null && !conflated && at.seq() < begin.seq();
  }

  /** The server announces a jump; null when this cursor is there already. */
  @Nullable Discontinuity discontinuity(Position to, @Nullable Long missed, Reason reason) {
    return at == null || isPast(to, reason) ? null : jump(to, missed, reason);
  }

  /** Gives up on what is missing before {@code seq}. */
  Discontinuity giveUp(String epoch, long seq) {
    return jump(new Position(epoch, seq - 1), null, Reason.LOSS);
  }

  private boolean isPast(Position to, Reason reason) {
    return at != null
        && (at.equals(to)
            || at.epoch().equals(to.epoch()) && at.seq() > to.seq() && reason != Reason.AHEAD);
  }

  private Discontinuity jump(Position to, @Nullable Long missed, Reason reason) {
    Position from = at;
    at = to;
    OptionalLong known = missed == null ? OptionalLong.empty() : OptionalLong.of(missed);
    if (missed == null
        && from != null
        && from.epoch().equals(to.epoch())
        && from.seq() < to.seq()) {
      known = OptionalLong.of(to.seq() - from.seq());
    }
    return new Discontinuity(channel, Optional.ofNullable(from), to, known, reason);
  }
}
