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
  private final List<CompletableFuture<List<Member>>> askers = new ArrayList<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  /** Whether we are to be a member, with these data (JSON; null for none). */
  private boolean wanted;

  private @Nullable String data;

  /** The gateway does not know yet what we want. */
  private boolean dirty;

  /** The last frame about it that is not answered. */
  private @Nullable String asked;

  Room(String channel, Wire wire, Executor told) {
    this.channel = channel;
    this.wire = wire;
    this.told = told;
    this.members = new MemberSet(channel);
  }

  CompletableFuture<Void> enter(@Nullable String json) {
    wanted = true;
    data = json;
    return change();
  }

  CompletableFuture<Void> leave() {
    wanted = false;
    data = null;
    return change();
  }

  private CompletableFuture<Void> change() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    waiting.add(future);
    dirty = true;
    send();
    return future;
  }

  private void send() {
    if (!wire.isOpen() || !dirty) {
      return;
    }
    if (asked != null) {
      wire.requests().forget(asked);
    }
    asked = wire.requests().add(new Answer());
    wire.send(Frames.presence(asked, channel, wanted ? "enter" : "leave", data));
  }

  private final class Answer implements Requests.Waiter {
    @Override
    public void done(Frame reply) {
      asked = null;
      dirty = false;
      backoff.reset();
      settle(null);
    }

    @Override
    public void refused(TidegateException reason) {
      asked = null;
      if (Refusals.isPassing(reason.code())) {
        long pause = reason.retryAfter().map(after -> after.toMillis()).orElseGet(backoff::nextMs);
        wire.later(pause, Room.this::sendUnlessAsked);
        return;
      }
      wanted = false;
      dirty = false;
      settle(reason);
    }
  }

  private void sendUnlessAsked() {
    if (asked == null) {
      send();
    }
  }

  private void settle(@Nullable TidegateException reason) {
    List<CompletableFuture<Void>> all = List.copyOf(waiting);
    waiting.clear();
    if (!all.isEmpty()) {
      told.execute(() -> all.forEach(one -> Settling.settle(one, reason)));
    }
  }

  /** What unsubscribing ends, is begun again. */
  void unsubscribed() {
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
    if (here != wanted && asked == null) {
      dirty = true;
      send();
    }
  }

  void detached() {
    asked = null;
  }

  /** Nobody carries it any more. */
  void failed(TidegateException reason) {
    wanted = false;
    dirty = false;
    settle(reason);
    List<CompletableFuture<List<Member>>> all = List.copyOf(askers);
    askers.clear();
    if (!all.isEmpty()) {
      told.execute(() -> all.forEach(one -> one.completeExceptionally(reason)));
    }
  }

  CompletableFuture<List<Member>> members() {
    CompletableFuture<List<Member>> future = new CompletableFuture<>();
    if (members.isComplete()) {
      future.complete(members.members());
    } else {
      askers.add(future);
    }
    return future;
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
    if (members.isComplete() && !askers.isEmpty()) {
      List<Member> now = members.members();
      List<CompletableFuture<List<Member>>> all = List.copyOf(askers);
      askers.clear();
      told.execute(() -> all.forEach(one -> one.complete(now)));
    }
  }
}
