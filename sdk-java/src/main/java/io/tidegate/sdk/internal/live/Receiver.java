package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.Subscription;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.message.MessageCodec;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One subscription: what waits for its application, and the one call at a time that takes it. */
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
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by its own lock, as the two counts below. */
  private final Queue<Object> waiting = new ArrayDeque<>();

  private int messages;
  private long chars;

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
    lock.lock();
    try {
      return messages >= options.buffer() || chars >= MOST_CHARS;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    lock.lock();
    try {
      return messages <= options.buffer() / 2 && chars <= MOST_CHARS / 2;
    } finally {
      lock.unlock();
    }
  }

  void message(String text, String epoch) {
    lock.lock();
    try {
      waiting.add(new Raw(text, epoch));
      messages++;
      chars += text.length();
    } finally {
      lock.unlock();
    }
    schedule();
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
    lock.lock();
    try {
      waiting.add(event);
    } finally {
      lock.unlock();
    }
    schedule();
  }

  /** More messages may be given. */
  void request(long more) {
    demand.accumulateAndGet(more, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    schedule();
  }

  void schedule() {
    if (running.compareAndSet(false, true)) {
      executor.execute(this::run);
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
        if (parked && !closed && hasRoom()) {
          owner.drained(this);
        }
      }
    } finally {
      // An Error of the application is its thread's; the next message follows all the same.
      running.set(false);
      if (more || !closed && isReady()) {
        schedule();
      }
    }
  }

  private boolean isReady() {
    lock.lock();
    try {
      Object head = waiting.peek();
      return head != null && (!(head instanceof Raw) || demand.get() > 0);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Object poll() {
    lock.lock();
    try {
      if (waiting.peek() instanceof Raw raw) {
        if (demand.get() <= 0) {
          return null;
        }
        messages--;
        chars -= raw.text().length();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
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
    lock.lock();
    try {
      waiting.clear();
      messages = 0;
      chars = 0;
    } finally {
      lock.unlock();
    }
    ready.completeExceptionally(
        TidegateException.local(Local.CLOSED, "The subscription was closed", null));
  }
}
