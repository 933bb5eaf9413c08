package io.tidegate.hub;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.PlatformDependent;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One event loop's share of the fan-out. Feeds put deliveries in from any thread; the loop drains
 * them, groups what came for one shard into one batch, and flushes each client once per drain. When
 * idle nothing is delayed: batches come from load.
 */
public final class FanoutLoop {
  /** What may wait for a loop; past it messages are dropped here and read from the store later. */
  static final long MAX_INBOX_BYTES = 64L << 20;

  /** What the rings of one loop may hold. */
  static final long MAX_RING_BYTES = 64L << 20;

  /** The loop's other work gets its turn after about so long. */
  private static final long YIELD_NANOS = 1_000_000;

  private final EventExecutor executor;
  private final Queue<Delivery> inbox = PlatformDependent.newMpscQueue();
  private final AtomicLong inboxBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final RingBudget ringBudget = new RingBudget(MAX_RING_BYTES);
  private final Runnable drain = this::drain;

  // The rest belongs to the loop's thread.
  private final ArrayList<Shard> touched = new ArrayList<>();
  private final ArrayList<Subscriber> unflushed = new ArrayList<>();
  private long delivered;
  private long overflowed;

  public FanoutLoop(EventExecutor executor) {
    this.executor = executor;
  }

  public EventExecutor executor() {
    return executor;
  }

  RingBudget ringBudget() {
    return ringBudget;
  }

  /** From any thread, in order per shard. Never waits. */
  void offer(Shard shard, List<EncodedMessage> messages) {
    int weight = 0;
    for (EncodedMessage message : messages) {
      weight += message.weight();
    }
    if (inboxBytes.addAndGet(weight) > MAX_INBOX_BYTES) {
      inboxBytes.addAndGet(-weight);
      Delivery.Missed missed = shard.miss(messages.getLast().seq());
      if (missed != null) {
        put(missed);
      }
      return;
    }
    put(new Delivery.Run(shard, messages, weight));
  }

  /** The same, for a break of the run. */
  void jump(Shard shard, Position to, String reason) {
    shard.missed();
    put(new Delivery.Jump(shard, to, reason));
  }

  void put(Delivery delivery) {
    inbox.add(delivery);
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(drain);
    }
  }

  private void drain() {
    long end = System.nanoTime() + YIELD_NANOS;
    do {
      if (!drainSome()) {
        scheduled.set(false);
        if (inbox.isEmpty() || !scheduled.compareAndSet(false, true)) {
          return;
        }
      }
    } while (System.nanoTime() - end < 0);
    executor.execute(drain);
  }

  /** One round: everything that is waiting now, up to a batch per shard; false: nothing was. */
  private boolean drainSome() {
    Delivery delivery = inbox.poll();
    if (delivery == null) {
      return false;
    }
    int staged = 0;
    while (delivery != null) {
      Shard shard = delivery.shard();
      switch (delivery) {
        case Delivery.Run run -> {
          inboxBytes.addAndGet(-run.weight());
          if (shard.stage(run.messages())) {
            touched.add(shard);
          }
          staged += run.weight();
        }
        case Delivery.Jump jump -> {
          delivered += shard.deliverStaged();
          shard.jump(jump.to(), jump.reason());
        }
        case Delivery.Started started -> shard.started(started.at());
        case Delivery.Missed missed -> {
          overflowed++;
          delivered += shard.deliverStaged();
          shard.passOver(missed.take());
        }
      }
      delivery = staged < Shard.MAX_BATCH_BYTES * 4 ? inbox.poll() : null;
    }
    for (Shard shard : touched) {
      delivered += shard.deliverStaged();
    }
    touched.clear();
    flush();
    return true;
  }

  /** On the loop: this client is flushed at the end of the drain. */
  void flushLater(Subscriber subscriber) {
    unflushed.add(subscriber);
  }

  private void flush() {
    for (Subscriber subscriber : unflushed) {
      subscriber.flush();
    }
    unflushed.clear();
  }

  /** Messages handed to clients live since the start; read racily for metrics. */
  public long delivered() {
    return delivered;
  }

  /** How often the inbox was full. */
  public long overflowed() {
    return overflowed;
  }

  public long inboxBytes() {
    return inboxBytes.get();
  }

  public long ringBytes() {
    return ringBudget.bytes();
  }
}
