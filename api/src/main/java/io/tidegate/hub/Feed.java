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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel on this node: lets every message through once and in order, whatever the broker's
 * hints do, and hands it to the shards of the loops that have subscribers. The next seq is
 * delivered, an old one dropped, a hole held for a moment and then filled from the store, or
 * announced: {@link Order} decides, {@link Repair} asks the store.
 *
 * <p>Guarded by its monitor; holds it for a few comparisons only, and never waits in it.
 */
final class Feed implements Order.Out {
  private final ChannelId channel;
  private final Hub hub;
  private final CompletionStage<Void> carried;
  private final Meter meter;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicInteger subscribers = new AtomicInteger();
  private final Order order = new Order(this);
  private final Repair repair;
  private Shard[] shards = {};

  private boolean closed;

  /**
   * @param carried completes when the broker carries the channel to this node
   */
  Feed(ChannelId channel, Hub hub, CompletionStage<Void> carried, Meter meter) {
    this.channel = channel;
    this.hub = hub;
    this.carried = carried;
    this.meter = meter;
    this.repair = new Repair(this, order, hub);
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

  /** With the monitor held. */
  boolean isClosed() {
    return closed;
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
    Position at = order.position();
    if (at != null) {
      shard.started(at);
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

  CompletionStage<Void> visit(Consumer<Subscription> visitor) {
    Shard[] some;
    synchronized (this) {
      some = shards;
    }
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (Shard shard : some) {
      done =
          done.thenCompose(
              before ->
                  CompletableFuture.runAsync(() -> shard.visit(visitor), shard.loop().executor()));
    }
    return done;
  }

  /** The broker carries the channel to this node now, and the store says where it is. */
  synchronized void start(Head head) {
    if (order.position() != null) {
      return;
    }
    order.start(head);
    for (Shard shard : shards) {
      shard.loop().put(new Delivery.Started(shard, head.position()));
    }
    order.started();
    repair.arrange();
  }

  /** The store could not say where the channel is: whoever waits is told, on its own loop. */
  synchronized void failStart(Throwable failure) {
    closed = true;
    for (Shard shard : shards) {
      shard.loop().executor().execute(() -> shard.failNew(failure));
    }
  }

  /**
   * @param trace of the unit they are, null unless it is traced
   */
  synchronized void onMessages(Epoch from, List<Message> messages, @Nullable UnitTrace trace) {
    order.onMessages(from, messages, trace);
    repair.arrange();
  }

  synchronized void onEpoch(EpochStart next, EpochEnd reason) {
    order.onEpoch(next, reason);
    repair.arrange();
  }

  /** The store's trail has come to there; true when this feed has not. */
  synchronized boolean seen(Position at) {
    boolean behind = order.seen(at);
    repair.arrange();
    return behind;
  }

  /** The store says that the channel is there; true when this feed is somewhere else. */
  synchronized boolean compare(@Nullable Position at) {
    boolean elsewhere = order.compare(at);
    repair.arrange();
    return elsewhere;
  }

  /**
   * Somebody read something in the store that does not fit: another epoch, or less than is here.
   */
  synchronized void doubt() {
    order.doubt();
    repair.arrange();
  }

  @Override
  public void deliver(Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
    List<EncodedMessage> encoded = new ArrayList<>(messages.size());
    long last = messages.getLast().seq();
    for (Message message : messages) {
      UnitTrace ending = message.seq() == last ? trace : null;
      encoded.add(new EncodedMessage(channel, epoch, message, ending));
    }
    for (Shard shard : shards) {
      shard.loop().offer(shard, encoded);
    }
  }

  @Override
  public void jump(Position to, String reason) {
    for (Shard shard : shards) {
      shard.loop().jump(shard, to, reason);
    }
  }
}
