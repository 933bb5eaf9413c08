package io.tidegate.hub;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.PlatformDependent;
import io.tidegate.channel.Position;
import io.tidegate.figures.Buckets;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.trace.UnitTrace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One event loop's share of the fan-out. Feeds put deliveries in from any thread; the loop takes
 * them in turns, groups what came for one shard into one batch, and writes it to every client.
 * Flushing, which is nearly all the cost, is spread over the turns: a client whose flush is still
 * to come gets what has arrived meanwhile in the same system call. When idle nothing is delayed:
 * batches come from load.
 */
public final class FanoutLoop {
  /** What may wait for a loop; past it messages are dropped here and read from the store later. */
  static final long MAX_INBOX_BYTES = 64L << 20;

  /** What the rings of one loop may hold. */
  static final long MAX_RING_BYTES = 64L << 20;

  /** A turn flushes so many clients, about 0.2 ms; then the loop reads from its sockets. */
  private static final int MAX_FLUSHES = 32;

  /** Taken in before every client is flushed; a quarter of what makes a transport full. */
  static final int MAX_UNFLUSHED_BYTES = 16 << 10;

  private final EventExecutor executor;
  private final Queue<Delivery> inbox = PlatformDependent.newMpscQueue();
  private final AtomicLong inboxBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final RingBudget ringBudget = new RingBudget(MAX_RING_BYTES);
  private final Executor behindReads;
  private final Runnable turn = this::turn;
  private final Runnable nextTurn;

  // The rest belongs to the loop's thread.
  private final ArrayList<Shard> touched = new ArrayList<>();

  /** Those with something that is not flushed everywhere, each once: as many as have clients. */
  private final ArrayList<Shard> unwritten = new ArrayList<>();

  private final ArrayDeque<Subscriber> unflushed = new ArrayDeque<>();

  /** Traced units that a client has taken, until it is flushed: as many as a turn takes in. */
  private final ArrayDeque<Traced> traced = new ArrayDeque<>(0);

  private long flushes;

  /** Taken in since all were flushed. */
  private int unflushedBytes;

  /** When the oldest of what is not flushed everywhere came; 0 when all is; nanoTime. */
  private long oldestNanos;

  private long delivered;
  private long overflowed;
  private long sentBytes;
  private long receivedBytes;
  private final Buckets latency = Buckets.ofLatency();

  /**
   * @param flushes how many there have been when its first client has it
   */
  private record Traced(UnitTrace unit, long flushes) {}

  public FanoutLoop(EventExecutor executor) {
    this.executor = executor;
    this.behindReads =
        executor instanceof SingleThreadIoEventLoop loop
            ? loop::executeAfterEventLoopIteration
            : executor;
    this.nextTurn = () -> behindReads.execute(turn);
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
    put(new Delivery.Run(shard, messages, weight, System.nanoTime()));
  }

  /** The same, for a break of the run. */
  void jump(Shard shard, Position to, String reason) {
    shard.missed();
    put(new Delivery.Jump(shard, to, reason));
  }

  void put(Delivery delivery) {
    inbox.add(delivery);
    if (scheduled.compareAndSet(false, true)) {
      behindReads.execute(turn);
    }
  }

  private void turn() {
    if (unflushedBytes < MAX_UNFLUSHED_BYTES) {
      take();
    }
    flushSome();
    if (unflushed.isEmpty()) {
      unflushedBytes = 0;
      recordLatency();
      if (inbox.isEmpty()) {
        scheduled.set(false);
        if (inbox.isEmpty() || !scheduled.compareAndSet(false, true)) {
          return;
        }
      }
    }
    executor.execute(nextTurn);
  }

  private void recordLatency() {
    if (oldestNanos != 0) {
      long now = System.nanoTime();
      latency.record(now - oldestNanos);
      oldestNanos = 0;
      for (int i = 0; i < unwritten.size(); i++) {
        unwritten.get(i).flushed(now);
      }
      unwritten.clear();
    }
  }

  /** Everything that is waiting now, up to a few batches. */
  private void take() {
    int staged = 0;
    Delivery delivery = inbox.poll();
    while (delivery != null) {
      Shard shard = delivery.shard();
      switch (delivery) {
        case Delivery.Run run -> {
          inboxBytes.addAndGet(-run.weight());
          if (shard.stage(run.messages())) {
            touched.add(shard);
          }
          staged += run.weight();
          if (shard.came(run.sinceNanos() | 1)) {
            unwritten.add(shard);
          }
          if (oldestNanos == 0) {
            oldestNanos = run.sinceNanos() | 1;
          }
        }
        case Delivery.Jump jump -> {
          deliverStaged(shard);
          shard.jump(jump.to(), jump.reason());
        }
        case Delivery.Started started -> shard.started(started.at());
        case Delivery.Missed missed -> {
          overflowed++;
          deliverStaged(shard);
          shard.passOver(missed.take());
        }
      }
      delivery = staged < Staged.MAX_BATCH_BYTES * 4 ? inbox.poll() : null;
    }
    for (Shard shard : touched) {
      deliverStaged(shard);
    }
    touched.clear();
    unflushedBytes += staged;
  }

  /** What cannot be delivered at all ends those it was for: they must not see a gap. */
  private void deliverStaged(Shard shard) {
    try {
      delivered += shard.deliverStaged();
    } catch (Throwable fault) {
      shard.endAll(fault);
    }
  }

  /** On the loop: this client is flushed in one of the next turns. */
  void flushLater(Subscriber subscriber) {
    if (subscriber.needsFlush()) {
      unflushed.add(subscriber);
    }
  }

  private void flushSome() {
    for (int i = 0; i < MAX_FLUSHES && !unflushed.isEmpty(); i++) {
      Subscriber next = unflushed.poll();
      try {
        next.flush();
      } catch (Throwable fault) {
        Fault.of(next, fault);
      }
      flushes++;
      while (!traced.isEmpty() && traced.element().flushes() <= flushes) {
        traced.remove().unit().written();
      }
    }
  }

  /** On the loop: the batch's first client has taken it, and waits for its flush. */
  void firstTaken(Batch batch) {
    for (EncodedMessage message : batch.messages()) {
      UnitTrace trace = message.trace();
      if (trace != null) {
        traced.add(new Traced(trace, flushes + unflushed.size()));
      }
    }
  }

  /** Messages handed to clients live since the start; read racily for metrics. */
  public long delivered() {
    return delivered;
  }

  /** How often the inbox was full. */
  public long overflowed() {
    return overflowed;
  }

  /** On the loop: bytes were handed to a client's line. */
  public void sent(int bytes) {
    sentBytes += bytes;
  }

  /** On the loop: a client's line brought bytes. */
  public void received(int bytes) {
    receivedBytes += bytes;
  }

  public long sentBytes() {
    return sentBytes;
  }

  public long receivedBytes() {
    return receivedBytes;
  }

  /**
   * From a batch's oldest message being here, numbered, until it is written to every client of this
   * loop that keeps up; ns, once per batch.
   */
  public Buckets latency() {
    return latency;
  }

  public long inboxBytes() {
    return inboxBytes.get();
  }

  public long ringBytes() {
    return ringBudget.bytes();
  }
}
