package io.tidegate.hub;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.store.Replay;
import io.tidegate.trace.UnitTrace;
import io.tidegate.usage.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One channel on this node: lets every message through once and in order, whatever the broker's
 * hints do. The next seq is delivered, an old one dropped, a hole held for a moment (nodes publish
 * concurrently) and then filled from the store, or announced.
 *
 * <p>Guarded by its monitor; holds it for a few comparisons only, and never waits in it.
 */
final class Feed {
  /** Nodes publish concurrently: a hole is given so long to fill by itself. */
  private static final long HOLE_MILLIS = 50;

  private static final long STORE_RETRY_MILLIS = 1_000;

  private final ChannelId channel;
  private final Hub hub;
  private final CompletionStage<Void> carried;
  private final Meter meter;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final Holes holes = new Holes();
  private final Set<Epoch> ended = new LinkedHashSet<>();
  private final AtomicInteger subscribers = new AtomicInteger();
  private Shard[] shards = {};

  /** Null until the store has said where the channel is. */
  private @Nullable Epoch epoch;

  /** The first seq of {@link #epoch}. */
  private long epochFirst;

  private long last;

  /** The store has to say what follows {@link #last}, or which epoch it is. */
  private boolean doubtful;

  private boolean repairing;
  private boolean closed;

  /** An epoch announced before the store had said where the channel is. */
  private @Nullable Announced announced;

  private record Announced(EpochStart next, EpochEnd reason) {}

  /**
   * @param carried completes when the broker carries the channel to this node
   */
  Feed(ChannelId channel, Hub hub, CompletionStage<Void> carried, Meter meter) {
    this.channel = channel;
    this.hub = hub;
    this.carried = carried;
    this.meter = meter;
  }

  CompletionStage<Void> carried() {
    return carried;
  }

  /** Of the channel's app. */
  Meter meter() {
    return meter;
  }

  /** True once: for the caller that has to start it. */
  boolean begins() {
    return begun.compareAndSet(false, true);
  }

  ChannelId channel() {
    return channel;
  }

  Replay replay() {
    return hub.replay();
  }

  int subscribers() {
    return subscribers.get();
  }

  /** The shard of a loop, on that loop; null when the feed has closed meanwhile. */
  synchronized @Nullable Shard join(FanoutLoop loop) {
    if (closed) {
      return null;
    }
    subscribers.incrementAndGet();
    for (Shard shard : shards) {
      if (shard.loop() == loop) {
        return shard;
      }
    }
    Shard shard = new Shard(this, loop);
    shards = Arrays.copyOf(shards, shards.length + 1);
    shards[shards.length - 1] = shard;
    if (epoch != null) {
      shard.started(new Position(epoch, last));
    }
    return shard;
  }

  /** On the shard's loop: a subscription has ended. */
  void left(Shard shard) {
    synchronized (this) {
      subscribers.decrementAndGet();
      if (!shard.isEmpty()) {
        return;
      }
      shards = Arrays.stream(shards).filter(one -> one != shard).toArray(Shard[]::new);
      if (shards.length > 0 || closed) {
        return;
      }
      closed = true;
    }
    hub.closed(this);
  }

  /** The broker carries the channel to this node now, and the store says where it is. */
  synchronized void start(Head head) {
    if (epoch != null) {
      return;
    }
    head.epochs().forEach(one -> ended.add(one.epoch()));
    ended.remove(head.epoch());
    epoch = head.epoch();
    epochFirst = head.epochs().getLast().firstSeq();
    last = head.lastSeq();
    for (Shard shard : shards) {
      shard.loop().put(new Delivery.Started(shard, new Position(head.epoch(), last)));
    }
    Announced earlier = announced;
    announced = null;
    if (earlier != null) {
      onEpoch(earlier.next(), earlier.reason());
    }
    goOn();
  }

  /** The store could not say where the channel is: whoever waits is told, on its own loop. */
  synchronized void failStart(Throwable failure) {
    closed = true;
    for (Shard shard : shards) {
      shard.loop().executor().execute(() -> shard.failNew(failure));
    }
  }

  /** A trace is told of messages that come in order; who was held is not a trace's first write. */
  synchronized void onMessages(Epoch from, List<Message> messages, @Nullable UnitTrace trace) {
    if (ended.contains(from) || (from.equals(epoch) && messages.getLast().seq() <= last)) {
      return;
    }
    boolean next = from.equals(epoch) && messages.getFirst().seq() == last + 1;
    if (next && holes.isEmpty()) {
      deliver(messages, trace);
      return;
    }
    if (!holes.hold(from, messages)) {
      doubtful = true;
    }
    goOn();
  }

  synchronized void onEpoch(EpochStart next, EpochEnd reason) {
    if (epoch == null) {
      announced = new Announced(next, reason);
      return;
    }
    if (next.epoch().equals(epoch) || ended.contains(next.epoch())) {
      return;
    }
    if (next.firstSeq() > epochFirst && next.firstSeq() > last) {
      jump(next, reason.wireName());
    } else {
      // Seq goes on across epochs: this one is not the newest, or the store lost some.
      doubtful = true;
    }
    goOn();
  }

  /** Somebody read another epoch in the store than this feed is in. */
  synchronized void doubt() {
    if (epoch != null) {
      doubtful = true;
      goOn();
    }
  }

  private void jump(EpochStart next, String reason) {
    if (epoch != null) {
      holes.forget(epoch);
      ended.add(epoch);
      if (ended.size() > Head.MAX_EPOCHS) {
        ended.remove(ended.iterator().next());
      }
    }
    epoch = next.epoch();
    epochFirst = next.firstSeq();
    jump(next.firstSeq() - 1, reason);
  }

  private void jump(long to, String reason) {
    last = to;
    for (Shard shard : shards) {
      shard.loop().jump(shard, new Position(current(), to), reason);
    }
  }

  private void deliver(List<Message> messages, @Nullable UnitTrace trace) {
    Epoch current = current();
    List<EncodedMessage> encoded = new ArrayList<>(messages.size());
    last = messages.getLast().seq();
    for (Message message : messages) {
      UnitTrace ending = message.seq() == last ? trace : null;
      encoded.add(new EncodedMessage(channel, current, message, ending));
    }
    for (Shard shard : shards) {
      shard.loop().offer(shard, encoded);
    }
  }

  /** Delivers what is held and follows; when that is not all, a repair is on its way. */
  private void goOn() {
    if (epoch == null) {
      return;
    }
    List<Message> following = holes.take(epoch, last);
    if (!following.isEmpty()) {
      deliver(following, null);
    }
    if ((doubtful || !holes.isEmpty()) && !repairing) {
      repairing = true;
      hub.later(this::repair, HOLE_MILLIS);
    }
  }

  /** The hole did not fill by itself: asks the store. */
  private void repair() {
    long from;
    synchronized (this) {
      if (closed || (holes.isEmpty() && !doubtful)) {
        repairing = false;
        return;
      }
      doubtful = false;
      from = last + 1;
    }
    hub.replay().readNow(channel, from).whenComplete(this::repaired);
  }

  private void repaired(Replay.@Nullable Block found, @Nullable Throwable failure) {
    boolean again;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (failure != null || found == null) {
        doubtful = true;
        hub.later(this::repair, STORE_RETRY_MILLIS);
        return;
      }
      again = fill(found);
      repairing = again;
      goOn();
    }
    if (again) {
      repair();
    }
  }

  /** Takes over what the store has; true when it has more. */
  private boolean fill(Replay.Block found) {
    Head head = found.head();
    if (ended.contains(head.epoch())) {
      return false;
    }
    if (!head.epoch().equals(epoch)) {
      jump(head.epochs().getLast(), EpochEnd.EPOCH.wireName());
    }
    holes.keepOnly(head.epoch());
    List<Message> missing =
        found.messages().stream()
            .map(EncodedMessage::message)
            .filter(message -> message.seq() > last)
            .toList();
    long kept = found.messages().isEmpty() ? head.lastSeq() + 1 : last + 1;
    long first = missing.isEmpty() ? kept : missing.getFirst().seq();
    first = Math.min(first, holes.firstSeq(head.epoch()));
    if (first > last + 1) {
      jump(first - 1, "loss");
    }
    if (!missing.isEmpty() && missing.getFirst().seq() == last + 1) {
      deliver(missing, null);
    }
    doubtful = head.lastSeq() > last;
    return doubtful && holes.firstSeq(head.epoch()) > last + 1;
  }

  private Epoch current() {
    if (epoch == null) {
      throw new IllegalStateException("the feed has not started");
    }
    return epoch;
  }
}
