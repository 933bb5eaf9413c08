package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.TidegateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One channel on the wire, for all its subscriptions here. The gateway has one subscription a
 * connection and channel: it is asked for again, from the earliest position, whenever one here
 * needs what has gone by; the others pass over what they have had. Guarded by the client's lock.
 */
final class Feed {
  private enum State {
    /** The gateway gives nothing, and was not asked. */
    OFF,
    /** It was asked; what comes before its answer belongs to the time before. */
    ASKED,
    ON
  }

  /** A gap that is still there after so many questions is announced. */
  private static final int MOST_REPAIRS = 3;

  private final String channel;
  private final Wire wire;
  private final List<Receiver> receivers = new ArrayList<>();
  private final Backoff backoff = new Backoff(new SplittableRandom());

  private State state = State.OFF;
  private String epoch = "";
  private @Nullable String asked;

  /** Of the position that was asked for last; null when it was none. */
  private @Nullable String sinceEpoch;

  private int repairs;
  private boolean delayed;

  /** Whether somebody wants to know who is present, and whether the gateway was told so. */
  private boolean presence;

  private boolean presenceAsked;

  Feed(String channel, Wire wire) {
    this.channel = channel;
    this.wire = wire;
  }

  boolean isIdle() {
    return receivers.isEmpty() && !presence;
  }

  void add(Receiver receiver) {
    receivers.add(receiver);
    boolean begins = receiver.cursor.position() == null && receiver.rewind() == null;
    if (state == State.ON && begins) {
      Position now = now();
      if (now != null) {
        receiver.cursor.subscribed(now, null, false, null);
        receiver.begun();
        return;
      }
    }
    ask();
  }

  /** Where the line is: the furthest of who listens. */
  private @Nullable Position now() {
    Position most = null;
    for (Receiver one : receivers) {
      Position at = one.parked ? null : one.cursor.position();
      if (at != null && (most == null || at.seq() > most.seq())) {
        most = at;
      }
    }
    return most;
  }

  void remove(Receiver receiver) {
    receivers.remove(receiver);
    stopIfUnwanted();
  }

  void followPresence() {
    presence = true;
    if (!presenceAsked) {
      ask();
    }
  }

  void drained(Receiver receiver) {
    receiver.parked = false;
    if (receivers.contains(receiver)) {
      ask();
    }
  }

  private boolean isWanted() {
    return presence || receivers.stream().anyMatch(one -> !one.parked);
  }

  private void stopIfUnwanted() {
    if (!isWanted() && state != State.OFF) {
      off();
    }
  }

  private void off() {
    if (asked != null) {
      wire.requests().forget(asked);
      asked = null;
    }
    state = State.OFF;
    if (wire.isOpen()) {
      wire.send(Frames.unsubscribe(channel));
      wire.unsubscribed(channel);
    }
  }

  /** Subscribes, or subscribes anew, from the earliest position that is needed. */
  private void ask() {
    if (!wire.isOpen() || delayed || !isWanted()) {
      return;
    }
    if (state != State.OFF) {
      off();
    }
    Position since = null;
    String rewind = null;
    for (Receiver one : receivers) {
      Position at = one.cursor.position();
      if (!one.parked && at != null && (since == null || at.seq() < since.seq())) {
        since = at;
      }
      rewind = rewind == null ? one.rewind() : rewind;
    }
    // Who has a position finds a gap behind a rewind that is too short, and asks again.
    sinceEpoch = rewind == null && since != null ? since.epoch() : null;
    asked = wire.requests().add(new Answer());
    presenceAsked = presence;
    state = State.ASKED;
    wire.send(Frames.subscribe(asked, channel, rewind == null ? since : null, rewind, presence));
  }

  private final class Answer implements Requests.Waiter {
    @Override
    public void done(Frame reply) {
      // Its answer is `subscribed`.
    }

    @Override
    public void refused(TidegateException reason) {
      asked = null;
      state = State.OFF;
      ended(reason);
    }
  }

  /** The gateway ended it: it is asked for later, or that is the end of all subscriptions. */
  void ended(TidegateException reason) {
    state = State.OFF;
    if (Refusals.isPassing(reason.code())) {
      long pause = reason.retryAfter().map(after -> after.toMillis()).orElseGet(backoff::nextMs);
      delayed = true;
      wire.later(
          pause,
          () -> {
            delayed = false;
            if (state == State.OFF) {
              ask();
            }
          });
      return;
    }
    List<Receiver> all = List.copyOf(receivers);
    receivers.clear();
    presence = false;
    all.forEach(one -> one.end(reason));
  }

  void attached() {
    detached();
    ask();
  }

  void detached() {
    state = State.OFF;
    asked = null;
    repairs = 0;
    delayed = false;
  }

  void subscribed(Frame frame) {
    if (asked == null || !asked.equals(frame.id) || frame.epoch == null) {
      return;
    }
    wire.requests().forget(asked);
    asked = null;
    state = State.ON;
    epoch = frame.epoch;
    backoff.reset();
    Position begin = new Position(epoch, frame.seq);
    Discontinuity.Reason reason = frame.reason == null ? null : reason(frame.reason);
    boolean behind = false;
    for (Receiver one : receivers) {
      if (!one.parked) {
        Discontinuity jump = one.cursor.subscribed(begin, reason, frame.conflated, sinceEpoch);
        if (jump != null) {
          one.jump(jump);
        }
        one.begun();
        behind |= one.cursor.isBehind(begin);
      }
    }
    if (behind) {
      repair();
    }
  }

  void message(Frame frame) {
    if (state != State.ON) {
      return;
    }
    String of = frame.epoch == null ? epoch : frame.epoch;
    boolean gap = false;
    for (int i = 0; i < receivers.size(); i++) {
      gap |= take(receivers.get(i), frame, of);
    }
    if (gap) {
      repair();
    } else {
      stopIfUnwanted();
    }
  }

  /** Whether something is missing before it. */
  private boolean take(Receiver one, Frame frame, String of) {
    if (one.parked) {
      return false;
    }
    boolean skipped = frame.type.equals("skipped");
    if (!skipped && one.isFull()) {
      one.parked = true;
      one.schedule();
      return false;
    }
    Cursor.Take take = one.cursor.take(of, frame.seq);
    if (take == Cursor.Take.GAP && repairs >= MOST_REPAIRS && one.cursor.position() != null) {
      one.jump(one.cursor.giveUp(of, frame.seq));
      take = one.cursor.take(of, frame.seq);
    }
    if (take == Cursor.Take.NEXT) {
      repairs = 0;
      if (!skipped) {
        one.message(frame.text, of);
      }
    }
    return take == Cursor.Take.GAP;
  }

  private void repair() {
    repairs++;
    ask();
  }

  void discontinuity(Frame frame) {
    if (state != State.ON || frame.epoch == null) {
      return;
    }
    epoch = frame.epoch;
    Position to = new Position(epoch, frame.seq);
    Discontinuity.Reason reason = reason(frame.reason);
    for (Receiver one : receivers) {
      Discontinuity jump = one.parked ? null : one.cursor.discontinuity(to, frame.missed, reason);
      if (jump != null) {
        one.jump(jump);
      }
    }
  }

  private static Discontinuity.Reason reason(@Nullable String name) {
    for (Discontinuity.Reason reason : Discontinuity.Reason.values()) {
      if (reason.name().toLowerCase(Locale.ROOT).equals(name)) {
        return reason;
      }
    }
    return Discontinuity.Reason.OTHER;
  }
}
