package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.TidegateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of some channels, sent call after call. */
final class Lane {
  /**
   * Channels of one call, by the contract; a channel with more than an array's worth counts again.
   */
  private static final int UNITS = 100;

  /** Messages of one array, by the contract. */
  static final int ARRAY = 100;

  /** The gateway takes bodies of 1 MB. */
  private static final int BYTES = 900_000;

  /** Messages of one call: more make answers late without making calls fewer. */
  private static final int MESSAGES = 2_000;

  private final GroupSender sender;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** All guarded by the lock. */
  private final Deque<Pending> queue = new ArrayDeque<>();

  /** A call is under way, or a timer will begin one. */
  private boolean busy;

  private boolean closed;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  Lane(GroupSender sender, Duration linger) {
    this.sender = sender;
    this.lingerNanos = linger.toNanos();
  }

  void add(Pending pending) {
    boolean first;
    lock.lock();
    try {
      if (closed) {
        pending
            .answer()
            .completeExceptionally(
                TidegateException.local(
                    TidegateException.Local.CLOSED, "The client is closed", null));
        return;
      }
      queue.add(pending);
      first = !busy;
      busy = true;
    } finally {
      lock.unlock();
    }
    if (first) {
      CompletableFuture.delayedExecutor(lingerNanos, TimeUnit.NANOSECONDS).execute(this::next);
    }
  }

  /** Done when nothing waits any more. */
  CompletableFuture<Void> close() {
    lock.lock();
    try {
      closed = true;
      if (!busy) {
        end.complete(null);
      }
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** What waits will not be sent. */
  void abandon() {
    List<Pending> left;
    lock.lock();
    try {
      left = new ArrayList<>(queue);
      queue.clear();
    } finally {
      lock.unlock();
    }
    TidegateException closing =
        TidegateException.local(TidegateException.Local.CLOSED, "The client was closed", null);
    left.forEach(pending -> pending.answer().completeExceptionally(closing));
  }

  private void next() {
    List<Pending> taken;
    lock.lock();
    try {
      taken = take();
      if (taken.isEmpty()) {
        busy = false;
        if (closed) {
          end.complete(null);
        }
        return;
      }
    } finally {
      lock.unlock();
    }
    // The answers come on a thread of the HTTP client; what waits by then goes at once.
    sender.send(taken).whenComplete((done, thrown) -> next());
  }

  private List<Pending> take() {
    List<Pending> taken = new ArrayList<>();
    Map<String, Integer> perChannel = new HashMap<>();
    int units = 0;
    int bytes = 0;
    while (!queue.isEmpty() && taken.size() < MESSAGES) {
      Pending pending = queue.element();
      int before = perChannel.getOrDefault(pending.channel(), 0);
      units += before % ARRAY == 0 ? 1 : 0;
      bytes += pending.bytes();
      if (units > UNITS || (bytes > BYTES && !taken.isEmpty())) {
        break;
      }
      perChannel.put(pending.channel(), before + 1);
      taken.add(queue.remove());
    }
    return taken;
  }
}
