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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private final ChannelId channel;
  private final Hub hub;
  private final Holes holes = new Holes();
  private final Set<Epoch> ended = new LinkedHashSet<>();
  private final AtomicInteger subscribers = new AtomicInteger();
  private Shard[] shards = {};

  /** Null until the store has said where the channel is. */
  private @Nullable Epoch epoch;

  private long last;
  private boolean repairing;
  private boolean closed;

  Feed(ChannelId channel, Hub hub) {
    this.channel = channel;
    this.hub = hub;
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
    last = head.lastSeq();
    for (Shard shard : shards) {
      shard.loop().put(new Delivery.Started(shard, new Position(head.epoch(), last)));
    }
    deliverHeld();
  }

  /** The store could not say where the channel is: whoever waits is told, on its own loop. */
  synchronized void failStart(Throwable failure) {
    for (Shard shard : shards) {
      shard.loop().executor().execute(() -> shard.failNew(failure));
    }
  }

  synchronized void onMessages(Epoch from, List<Message> messages) {
    if (ended.contains(from) || (epoch != null && messages.getLast().seq() <= last)) {
      return;
    }
    boolean next = from.equals(epoch) && messages.getFirst().seq() == last + 1;
    if (next && holes.isEmpty()) {
      deliver(messages);
      return;
    }
    holes.hold(from, messages);
    deliverHeld();
  }

  synchronized void onEpoch(EpochStart next, EpochEnd reason) {
    if (epoch == null || next.epoch().equals(epoch) || ended.contains(next.epoch())) {
      return;
    }
    jump(new Position(next.epoch(), next.firstSeq() - 1), reason.wireName());
    deliverHeld();
  }

  private void jump(Position to, String reason) {
    if (epoch != null && !epoch.equals(to.epoch())) {
      ended.add(epoch);
      if (ended.size() > Head.MAX_EPOCHS) {
        ended.remove(ended.iterator().next());
      }
    }
    epoch = to.epoch();
    last = to.seq();
    for (Shard shard : shards) {
      shard.loop().put(new Delivery.Jump(shard, to, reason));
    }
  }

  private void deliver(List<Message> messages) {
    Epoch current = current();
    List<EncodedMessage> encoded = new ArrayList<>(messages.size());
    for (Message message : messages) {
      encoded.add(new EncodedMessage(channel, current, message));
    }
    last = messages.getLast().seq();
    for (Shard shard : shards) {
      shard.loop().offer(shard, encoded);
    }
  }

  /** Delivers what is held and follows; when something is still held, a repair is on its way. */
  private void deliverHeld() {
    if (epoch == null) {
      return;
    }
    List<Message> following = holes.take(epoch, last);
    if (!following.isEmpty()) {
      deliver(following);
    }
    if (!holes.isEmpty() && !repairing) {
      repairing = true;
      hub.later(this::repair);
    }
  }

  /** The hole did not fill by itself: asks the store, once. */
  private void repair() {
    long from;
    synchronized (this) {
      if (holes.isEmpty() || closed) {
        repairing = false;
        return;
      }
      from = last + 1;
    }
    hub.replay().read(channel, from).whenComplete(this::repaired);
  }

  private synchronized void repaired(Replay.@Nullable Block found, @Nullable Throwable failure) {
    repairing = false;
    if (closed || failure != null || found == null) {
      deliverHeld();
      return;
    }
    holes.keepOnly(found.head().epoch());
    if (!found.head().epoch().equals(epoch)) {
      EpochStart start = found.head().epochs().getLast();
      jump(new Position(start.epoch(), start.firstSeq() - 1), EpochEnd.EPOCH.wireName());
    }
    List<Message> missing =
        found.messages().stream()
            .map(EncodedMessage::message)
            .filter(message -> message.seq() > last)
            .toList();
    long first = missing.isEmpty() ? holes.firstSeq(current()) : missing.getFirst().seq();
    if (first > last + 1) {
      jump(new Position(current(), first - 1), "loss");
    }
    if (!missing.isEmpty()) {
      deliver(missing);
    }
    deliverHeld();
  }

  private Epoch current() {
    if (epoch == null) {
      throw new IllegalStateException("the feed has not started");
    }
    return epoch;
  }
}
