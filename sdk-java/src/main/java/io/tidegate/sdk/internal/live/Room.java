package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.PresenceEvent;
import io.tidegate.sdk.TidegateException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Presence in one channel: whether we are to be there, and who is. Guarded by the client's lock.
 */
final class Room {
  private final String channel;
  private final Wire wire;
  private final Executor told;
  private final MemberSet members;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final List<Consumer<PresenceEvent>> listeners = new ArrayList<>();
  private final Waiters<List<Member>> askers;
  private final Waiters<Void> waiting;

  /** Whether we are to be a member, with these data (JSON; null for none). */
  private boolean wanted;

  private @Nullable String data;

  /** The data that the gateway has. */
  private @Nullable String known;

  /** The gateway has said that this connection is a member; false when that is not sure. */
  private boolean entered;

  /** The gateway does not know yet what we want. */
  private boolean dirty;

  /** The last frame about it that is not answered. */
  private @Nullable String asked;

  Room(String channel, Wire wire, Executor told) {
    this.channel = channel;
    this.wire = wire;
    this.told = told;
    this.members = new MemberSet(channel);
    this.askers = new Waiters<>("questions for the members of " + channel, told);
    this.waiting = new Waiters<>("changes of presence in " + channel, told);
  }

  CompletableFuture<Void> enter(@Nullable String json) {
    return change(true, json);
  }

  CompletableFuture<Void> update(@Nullable String json) {
    if (!wanted) {
      return CompletableFuture.failedFuture(
          Refusals.of(Refusals.NOT_ENTERED, "Only a member has data to change: enter first", null));
    }
    return change(true, json);
  }

  CompletableFuture<Void> leave() {
    return change(false, null);
  }

  private CompletableFuture<Void> change(boolean present, @Nullable String json) {
    CompletableFuture<Void> future = waiting.add();
    if (!future.isDone()) {
      wanted = present;
      data = json;
      dirty = true;
      send();
    }
    return future;
  }

  private void send() {
    if (!wire.isOpen() || !dirty) {
      return;
    }
    if (asked != null) {
      wire.requests().forget(asked);
    }
    try {
      asked = wire.requests().add(new Answer());
    } catch (TidegateException full) {
      giveUp(full);
      return;
    }
    String action = wanted ? entered ? "update" : "enter" : "leave";
    wire.send(Frames.presence(asked, channel, action, data));
  }

  private final class Answer implements Requests.Waiter {
    @Override
    public void done(Frame reply) {
      asked = null;
      dirty = false;
      entered = wanted;
      known = data;
      backoff.reset();
      waiting.done(null);
    }

    @Override
    public void refused(TidegateException reason) {
      asked = null;
      if (Refusals.isPassing(reason.code())) {
        long pause = reason.retryAfter().map(after -> after.toMillis()).orElseGet(backoff::nextMs);
        wire.later(pause, Room.this::sendUnlessAsked);
      } else if (entered && wanted && reason.code() == Refusals.NOT_ENTERED) {
        // It was a member, and its grace period has ended.
        entered = false;
        send();
      } else if (entered && wanted) {
        // It stays a member, as it was.
        data = known;
        dirty = false;
        waiting.failed(reason);
      } else {
        giveUp(reason);
      }
    }
  }

  /** Refused for good. */
  private void giveUp(TidegateException reason) {
    asked = null;
    wanted = false;
    entered = false;
    dirty = false;
    waiting.failed(reason);
  }

  private void sendUnlessAsked() {
    if (asked == null) {
      send();
    }
  }

  /** What unsubscribing ends, is begun again. */
  void unsubscribed() {
    entered = false;
    if (wanted) {
      dirty = true;
      send();
    }
  }

  /** A resumed connection is told where it is a member; another one is a member of nothing. */
  void attached(boolean resumed) {
    members.reconnected();
    asked = null;
    if (!resumed) {
      dirty |= wanted;
    }
    send();
  }

  void present(boolean here) {
    entered = here;
    if (here != wanted && asked == null) {
      dirty = true;
      send();
    }
  }

  void detached() {
    asked = null;
    entered = false;
  }

  /** Nobody carries it any more. */
  void failed(TidegateException reason) {
    giveUp(reason);
    askers.failed(reason);
  }

  CompletableFuture<List<Member>> members() {
    return members.isComplete()
        ? CompletableFuture.completedFuture(members.members())
        : askers.add();
  }

  void listen(Consumer<PresenceEvent> listener) {
    for (Member member : members.members()) {
      PresenceEvent there = new PresenceEvent(channel, PresenceEvent.Action.ENTER, member);
      told.execute(() -> listener.accept(there));
    }
    listeners.add(listener);
  }

  void ignore(Consumer<PresenceEvent> listener) {
    listeners.remove(listener);
  }

  void event(Frame frame) {
    List<PresenceEvent> events =
        switch (String.valueOf(frame.action)) {
          case "sync" -> members.sync(frame.version, frame.membersOf(), frame.cursor != null);
          case "enter", "update" -> members.entered(frame.membersOf());
          case "leave" -> members.left(frame.version, frame.membersOf());
          // Where only the count is told, nobody is named.
          case "occupancy" -> members.sync(frame.version, List.of(), false);
          default -> List.of();
        };
    for (PresenceEvent event : events) {
      for (Consumer<PresenceEvent> listener : listeners) {
        told.execute(() -> listener.accept(event));
      }
    }
    if (members.isComplete()) {
      askers.done(members.members());
    }
  }
}
