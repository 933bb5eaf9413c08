package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.Subscription;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.message.MessageCodec;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: what waits for its application, and the one call at a time that takes it.
 * Filled by one thread at a time, under its owner's lock; emptied by one at a time, without a lock.
 */
final class Receiver implements Subscription {
  /** Who takes it; called by one thread at a time, without a lock. */
  interface Sink {
    void message(Message message);

    void jump(Discontinuity jump);

    void end(TidegateException reason);
  }

  /** What the owner is asked for. */
  interface Owner {
    /** There is room again. */
    void drained(Receiver receiver);

    void closed(Receiver receiver);

    Optional<Position> position(Receiver receiver);
  }

  /** Text that may wait, beside the bound in messages: these may have 64 kB each. */
  static final long MOST_CHARS = 8L << 20;

  /** Calls in a row before others of the executor have their turn. */
  private static final int CALLS = 1_024;

  private record Raw(String text, String epoch) {}

  private final String channel;
  private final MessageCodec codec;
  private final SubscribeOptions options;
  private final Sink sink;
  private final Executor executor;
  private final Owner owner;
  private final AtomicLong demand;
  private final AtomicBoolean running = new AtomicBoolean();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Its owner looks at its bounds: {@link SubscribeOptions#buffer} and {@link #MOST_CHARS}. */
  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong chars = new AtomicLong();

  private volatile boolean closed;

  /** It is full, and its owner gives it nothing until it is drained. Written by the owner. */
  volatile boolean parked;

  /** Guarded by the owner's lock. */
  final Cursor cursor;

  /**
   * @param demand messages that may be given at first; {@link Long#MAX_VALUE}: all
   */
  Receiver(
      String channel,
      MessageCodec codec,
      SubscribeOptions options,
      Sink sink,
      long demand,
      Executor executor,
      Owner owner) {
    this.channel = channel;
    this.codec = codec;
    this.options = options;
    this.sink = sink;
    this.demand = new AtomicLong(demand);
    this.executor = executor;
    this.owner = owner;
    this.cursor = new Cursor(channel, options.since().orElse(null));
  }

  /** How it wants to begin; null when it has begun, or wants no past. */
  @Nullable String rewind() {
    return cursor.position() == null ? options.rewind().orElse(null) : null;
  }

  boolean isFull() {
    return messages.get() >= options.buffer() || chars.get() >= MOST_CHARS;
  }

  private boolean isHalfEmpty() {
    return messages.get() <= options.buffer() / 2 && chars.get() <= MOST_CHARS / 2;
  }

  void message(String text, String epoch) {
    messages.incrementAndGet();
    chars.addAndGet(text.length());
    put(new Raw(text, epoch));
    if (!isHalfEmpty()) {
      ReadingThread.handOverNow();
    }
  }

  void jump(Discontinuity jump) {
    put(jump);
  }

  void end(TidegateException reason) {
    executor.execute(() -> ready.completeExceptionally(reason));
    put(reason);
  }

  void begun() {
    if (!ready.isDone()) {
      executor.execute(() -> ready.complete(null));
    }
  }

  private void put(Object event) {
    waiting.add(event);
    schedule();
  }

  /** More messages may be given. */
  void request(long more) {
    demand.accumulateAndGet(more, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    schedule();
  }

  void schedule() {
    if (!running.get() && running.compareAndSet(false, true)) {
      ReadingThread.handOver(executor, this::run);
    }
  }

  private void run() {
    int calls = 0;
    boolean more = true;
    try {
      while (more && calls++ < CALLS) {
        Object next = closed ? null : poll();
        if (next == null) {
          more = false;
        } else {
          Serial.guarded(() -> give(next));
        }
        if (parked && !closed && isHalfEmpty()) {
          owner.drained(this);
        }
      }
    } finally {
      // An Error of the application is its thread's; the next message follows all the same.
      running.set(false);
      if (closed) {
        discard();
      } else if (more || isReady() || parked && isHalfEmpty()) {
        // Whatever came, or was parked, while the last look at it was over already.
        schedule();
      }
    }
  }

  private boolean isReady() {
    Object head = waiting.peek();
    return head != null && (!(head instanceof Raw) || demand.get() > 0);
  }

  /** The next one that may be given; null when there is none. */
  private @Nullable Object poll() {
    Object next = isReady() ? waiting.poll() : null;
    if (next instanceof Raw raw) {
      messages.decrementAndGet();
      chars.addAndGet(-raw.text().length());
    }
    return next;
  }

  /** Lets go of what waits; when a call is under way, that does so at its end. */
  private void discard() {
    if (running.compareAndSet(false, true)) {
      waiting.clear();
      running.set(false);
    }
  }

  private void give(Object next) {
    if (next instanceof Raw raw) {
      if (demand.get() != Long.MAX_VALUE) {
        demand.decrementAndGet();
      }
      sink.message(codec.read(raw.text(), raw.epoch()));
    } else if (next instanceof Discontinuity jump) {
      sink.jump(jump);
    } else if (next instanceof TidegateException reason) {
      closed = true;
      sink.end(reason);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether anything waits here. */
  boolean isHolding() {
    return !waiting.isEmpty();
  }

  @Override
  public String channel() {
    return channel;
  }

  @Override
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  @Override
  public Optional<Position> position() {
    return owner.position(this);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    owner.closed(this);
    discard();
    ready.completeExceptionally(
        TidegateException.local(Local.CLOSED, "The subscription was closed", null));
  }
}
