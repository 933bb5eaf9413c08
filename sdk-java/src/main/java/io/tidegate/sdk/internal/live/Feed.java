package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.TidegateException;
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

  private final String channel;
  private final Wire wire;
  private final Receivers receivers = new Receivers();
  private final Backoff backoff = new Backoff(new SplittableRandom());

  private State state = State.OFF;
  private String epoch = "";
  private @Nullable String asked;

  /** Of the position that was asked for last; null when it was none. */
  private @Nullable String sinceEpoch;

  private boolean delayed;

  /** Whether somebody wants to know who is present, and whether the gateway was told so. */
  private boolean presence;

  private boolean presenceAsked;

  /** The frame that asked for presence, too, while it is not answered. */
  private @Nullable String widening;

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
      Position now = receivers.furthest();
      if (now != null) {
        receiver.cursor.subscribed(now, null, false, null);
        receiver.begun();
        return;
      }
    }
    ask();
  }

  void remove(Receiver receiver) {
    receivers.remove(receiver);
    stopIfUnwanted();
  }

  void followPresence() {
    presence = true;
    if (state == State.OFF) {
      ask();
    } else if (state == State.ON) {
      widen();
    }
  }

  /** Has the gateway tell who is present, too; the messages go on as they are. */
  private void widen() {
    if (!wire.isOpen() || !presence || presenceAsked) {
      return;
    }
    try {
      widening = wire.requests().add(new Widened());
    } catch (TidegateException full) {
      unwidened(full);
      return;
    }
    presenceAsked = true;
    wire.send(Frames.subscribe(widening, channel, null, null, true));
  }

  private final class Widened implements Requests.Waiter {
    @Override
    public void done(Frame reply) {
      // Its answer is `subscribed`.
    }

    @Override
    public void refused(TidegateException reason) {
      widening = null;
      presenceAsked = false;
      unwidened(reason);
    }
  }

  /** As if it had been asked for from the beginning. */
  private void unwidened(TidegateException reason) {
    if (Refusals.isPassing(reason.code())) {
      wire.later(pauseMs(reason), this::widenAgain);
    } else {
      presence = false;
      receivers.end(reason);
      stopIfUnwanted();
    }
  }

  private void widenAgain() {
    if (state == State.ON) {
      widen();
    }
  }

  private long pauseMs(TidegateException reason) {
    return reason.retryAfter().map(after -> after.toMillis()).orElseGet(backoff::nextMs);
  }

  void drained(Receiver receiver) {
    receiver.parked = false;
    if (receivers.contains(receiver)) {
      ask();
    }
  }

  private boolean isWanted() {
    return presence || receivers.areWaiting();
  }

  private void stopIfUnwanted() {
    if (!isWanted() && state != State.OFF) {
      off();
    }
  }

  private void off() {
    forgetWidening();
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

  private void forgetWidening() {
    if (widening != null) {
      wire.requests().forget(widening);
      widening = null;
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
    String rewind = receivers.rewind();
    Position since = rewind == null ? receivers.earliest() : null;
    // Who has a position finds a gap behind a rewind that is too short, and asks again.
    sinceEpoch = since == null ? null : since.epoch();
    presenceAsked = presence;
    String id;
    try {
      id = wire.requests().add(new Answer());
    } catch (TidegateException full) {
      ended(full);
      return;
    }
    asked = id;
    state = State.ASKED;
    wire.send(Frames.subscribe(id, channel, since, rewind, presence));
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
      delayed = true;
      wire.later(
          pauseMs(reason),
          () -> {
            delayed = false;
            if (state == State.OFF) {
              ask();
            }
          });
      return;
    }
    presence = false;
    receivers.end(reason);
  }

  void attached() {
    detached();
    ask();
  }

  void detached() {
    state = State.OFF;
    asked = null;
    widening = null;
    receivers.reconnected();
    delayed = false;
  }

  void subscribed(Frame frame) {
    if (widening != null && widening.equals(frame.id)) {
      forgetWidening();
      return;
    }
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
    if (receivers.subscribed(begin, reason, frame.conflated, sinceEpoch)) {
      ask();
    } else {
      widen();
    }
  }

  void message(Frame frame) {
    if (state != State.ON) {
      return;
    }
    if (receivers.message(frame, frame.epoch == null ? epoch : frame.epoch)) {
      ask();
    } else {
      stopIfUnwanted();
    }
  }

  void discontinuity(Frame frame) {
    if (state != State.ON || frame.epoch == null) {
      return;
    }
    epoch = frame.epoch;
    receivers.discontinuity(new Position(epoch, frame.seq), frame.missed, reason(frame.reason));
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
