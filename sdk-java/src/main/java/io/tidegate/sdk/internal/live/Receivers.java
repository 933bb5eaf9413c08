package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.TidegateException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one channel here: where they stand, and who of them gets what comes. Guarded
 * by the client's lock.
 */
final class Receivers {
  /** A gap that is still there after so many questions is announced. */
  private static final int MOST_REPAIRS = 3;

  /** As many as the application has made. */
  private final List<Receiver> all = new ArrayList<>();

  /** How often in a row something was missing. */
  private int repairs;

  void add(Receiver receiver) {
    all.add(receiver);
  }

  void remove(Receiver receiver) {
    all.remove(receiver);
  }

  boolean contains(Receiver receiver) {
    return all.contains(receiver);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether messages can be given to anybody. */
  boolean areWaiting() {
    for (Receiver one : all) {
      if (!one.parked) {
        return true;
      }
    }
    return false;
  }

  /** Where who is furthest behind goes on; null when nobody has begun. */
  @Nullable Position earliest() {
    Position least = null;
    for (Receiver one : all) {
      Position at = one.parked ? null : one.cursor.position();
      if (at != null && (least == null || at.seq() < least.seq())) {
        least = at;
      }
    }
    return least;
  }

  /** Where the line is: the furthest of who takes what it brings. */
  @Nullable Position furthest() {
    Position most = null;
    for (Receiver one : all) {
      Position at = one.parked ? null : one.cursor.position();
      if (at != null && (most == null || at.seq() > most.seq())) {
        most = at;
      }
    }
    return most;
  }

  /** How the first one wants to begin that wants a past; null when none does. */
  @Nullable String rewind() {
    for (Receiver one : all) {
      if (one.rewind() != null) {
        return one.rewind();
      }
    }
    return null;
  }

  /** The line is new. */
  void reconnected() {
    repairs = 0;
  }

  /** The line goes on behind {@code begin}; true when messages before it are missing. */
  boolean subscribed(
      Position begin,
      Discontinuity.@Nullable Reason reason,
      boolean mayJump,
      @Nullable String sinceEpoch) {
    boolean behind = false;
    for (Receiver one : all) {
      if (!one.parked) {
        Discontinuity jump = one.cursor.subscribed(begin, reason, mayJump, sinceEpoch);
        if (jump != null) {
          one.jump(jump);
        }
        one.begun();
        behind |= one.cursor.isBehind(begin);
      }
    }
    return missing(behind);
  }

  /** A message, or one skipped; true when something before it is missing. */
  boolean message(Frame frame, String epoch) {
    boolean gap = false;
    for (int i = 0; i < all.size(); i++) {
      gap |= take(all.get(i), frame, epoch);
    }
    return missing(gap);
  }

  private boolean missing(boolean something) {
    repairs += something ? 1 : 0;
    return something;
  }

  private boolean take(Receiver one, Frame frame, String epoch) {
    if (one.parked) {
      return false;
    }
    boolean skipped = frame.type.equals("skipped");
    if (!skipped && one.isFull()) {
      one.parked = true;
      one.schedule();
      return false;
    }
    Cursor.Take take = one.cursor.take(epoch, frame.seq);
    if (take == Cursor.Take.GAP && repairs >= MOST_REPAIRS && one.cursor.position() != null) {
      one.jump(one.cursor.giveUp(epoch, frame.seq));
      take = one.cursor.take(epoch, frame.seq);
    }
    if (take == Cursor.Take.NEXT) {
      repairs = 0;
      if (!skipped) {
        one.message(frame.text, epoch);
      }
    }
    return take == Cursor.Take.GAP;
  }

  void discontinuity(Position to, @Nullable Long missed, Discontinuity.Reason reason) {
    for (Receiver one : all) {
      Discontinuity jump = one.parked ? null : one.cursor.discontinuity(to, missed, reason);
      if (jump != null) {
        one.jump(jump);
      }
    }
  }

  /** Ends all of them. */
  void end(TidegateException reason) {
    List<Receiver> ended = List.copyOf(all);
    all.clear();
    ended.forEach(one -> one.end(reason));
  }
}
