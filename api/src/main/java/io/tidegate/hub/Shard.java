package io.tidegate.hub;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one channel on one event loop, and the recent messages they may still need.
 * Everything but what the feed calls runs on that loop.
 */
final class Shard {
  private static final Subscription[] NOBODY = {};

  private final Feed feed;
  private final FanoutLoop loop;
  private final Ring ring;
  private Subscription[] subscriptions = NOBODY;
  private int count;
  private int behind;
  private final Staged staged = new Staged();

  /** Null until the feed knows the channel's position. */
  private @Nullable Epoch epoch;

  /** When the oldest came of what is not flushed everywhere; 0 when all is; nanoTime. */
  private long oldestNanos;

  /** The last seq handed to this shard. */
  private long head;

  /** What tells the loop of dropped messages, null when nothing does; the feed's monitor. */
  private Delivery.@Nullable Missed missed;

  Shard(Feed feed, FanoutLoop loop) {
    this.feed = feed;
    this.loop = loop;
    this.ring = new Ring(loop.ringBudget());
  }

  FanoutLoop loop() {
    return loop;
  }

  Feed feed() {
    return feed;
  }

  ChannelId channel() {
    return feed.channel();
  }

  long head() {
    return head;
  }

  Ring ring() {
    return ring;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The channel's position here; null before the feed has started. */
  @Nullable Position position() {
    return epoch == null ? null : new Position(epoch, head);
  }

  /** The same, once the feed has started. */
  Position current() {
    Position at = position();
    if (at == null) {
      throw new IllegalStateException("the feed has not started");
    }
    return at;
  }

  void add(Subscription subscription) {
    if (count == subscriptions.length) {
      subscriptions = Arrays.copyOf(subscriptions, Math.max(2, count + (count >> 1)));
    }
    subscription.index = count;
    subscriptions[count++] = subscription;
    if (epoch != null) {
      subscription.begin();
    }
  }

  /** Safe while {@link #deliver} walks: it walks downwards, and the last one takes the place. */
  void remove(Subscription subscription) {
    Subscription last = subscriptions[--count];
    subscriptions[subscription.index] = last;
    last.index = subscription.index;
    subscriptions = count == 0 ? NOBODY : subscriptions;
    if (count > 0) {
      clearSlot(count);
    }
  }

  @SuppressWarnings("NullAway") // slots past count are free and never read
  private void clearSlot(int index) {
    subscriptions[index] = null;
  }

  void started(Position at) {
    epoch = at.epoch();
    head = at.seq();
    for (int i = count - 1; i >= 0; i--) {
      Subscription subscription = subscriptions[i];
      loop.flushLater(subscription.subscriber());
      subscription.safely(subscription::begin);
    }
  }

  /** The feed could not start: those that wait are told, and are gone. */
  void failNew(Throwable failure) {
    for (int i = count - 1; i >= 0; i--) {
      Subscription subscription = subscriptions[i];
      subscription.safely(() -> subscription.fail(failure));
    }
  }

  /** Something here has thrown, and no client in particular. */
  void endAll(Throwable fault) {
    staged.clear();
    for (int i = count - 1; i >= 0; i--) {
      subscriptions[i].fault(fault);
    }
  }

  /** From the feed: what to tell the loop of a dropped message, null when that is on its way. */
  Delivery.@Nullable Missed miss(long seq) {
    if (missed != null && missed.extend(seq)) {
      return null;
    }
    missed = new Delivery.Missed(this, new AtomicLong(seq));
    return missed;
  }

  /** From the feed: what is dropped from now on lies behind a jump, and is told after it. */
  void missed() {
    missed = null;
  }

  /** Takes messages in for the next batch; true when they are the first. */
  boolean stage(List<EncodedMessage> messages) {
    return staged.add(messages);
  }

  /** Something has come that its clients are to get; true when nothing else waits for that. */
  boolean came(long nanos) {
    boolean first = oldestNanos == 0;
    if (first) {
      oldestNanos = nanos;
    }
    return first;
  }

  /** All of it is flushed. */
  void flushed(long now) {
    feed.meter().written(now - oldestNanos);
    oldestNanos = 0;
  }

  /** Delivers what was staged; returns how many messages went to clients. */
  long deliverStaged() {
    long delivered = 0;
    for (List<EncodedMessage> run = staged.poll(); run != null; run = staged.poll()) {
      delivered += deliver(run);
    }
    return delivered;
  }

  private long deliver(List<EncodedMessage> messages) {
    long lastSeq = messages.getLast().seq();
    if (lastSeq <= head) {
      return 0;
    }
    if (messages.getFirst().seq() > head + 1) {
      passOver(messages.getFirst().seq() - 1);
    }
    head = lastSeq;
    Batch batch = new Batch(messages);
    int clients = 0;
    for (int i = count - 1; i >= 0; i--) {
      Subscription subscription = subscriptions[i];
      if (subscription.isLive() && offer(subscription, batch)) {
        if (clients++ == 0 && batch.isTraced()) {
          loop.firstTaken(batch);
        }
      }
    }
    batch.release();
    long delivered = (long) clients * messages.size();
    if (clients > 0) {
      feed.meter().delivered(delivered, clients * batch.jsonBytes());
    }
    if (behind > 0) {
      messages.forEach(ring::add);
    }
    return delivered;
  }

  /** True when its client took the batch; a fault ends that client, and the others get theirs. */
  private boolean offer(Subscription subscription, Batch batch) {
    try {
      boolean taken = subscription.offer(batch);
      if (taken) {
        loop.flushLater(subscription.subscriber());
      }
      return taken;
    } catch (Throwable fault) {
      subscription.fault(fault);
      return false;
    }
  }

  /** The channel went on to {@code seq} without this shard having the messages. */
  void passOver(long seq) {
    if (seq <= head) {
      return;
    }
    head = seq;
    ring.clear();
    for (int i = count - 1; i >= 0; i--) {
      Subscription subscription = subscriptions[i];
      if (subscription.isLive()) {
        subscription.safely(subscription::fallBehind);
      }
    }
  }

  void jump(Position to, String reason) {
    Epoch ended = epoch;
    epoch = to.epoch();
    head = to.seq();
    ring.clear();
    for (int i = count - 1; i >= 0; i--) {
      Subscription subscription = subscriptions[i];
      Epoch from = ended == null ? to.epoch() : ended;
      subscription.safely(() -> subscription.jump(from, to, reason));
      loop.flushLater(subscription.subscriber());
    }
  }

  void visit(Consumer<Subscription> visitor) {
    for (int i = count - 1; i >= 0; i--) {
      visitor.accept(subscriptions[i]);
    }
  }

  void oneMoreBehind() {
    behind++;
  }

  void oneLessBehind() {
    if (--behind == 0) {
      ring.clear();
    }
  }
}
