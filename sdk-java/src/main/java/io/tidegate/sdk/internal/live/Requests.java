package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames that are to be answered, the oldest first. Guarded by the client's lock. */
final class Requests {
  /** Who waits; called under the lock. */
  interface Waiter {
    void done(Frame reply);

    void refused(TidegateException reason);
  }

  /**
   * Frames of subscriptions and presence that wait for an answer: two for each of 32,000 channels.
   * More than that one connection cannot bring back in the time that an answer may take.
   */
  static final int MOST = 65_536;

  private record Pending(Waiter waiter, long sentNanos) {}

  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private long count;

  /**
   * An id for the next frame.
   *
   * @throws TidegateException when too many wait: nothing is to be sent
   */
  String add(Waiter waiter) {
    if (pending.size() >= MOST) {
      throw TidegateException.local(
          Local.QUEUE_FULL, MOST + " frames wait for an answer: no more do", null);
    }
    return addBounded(waiter);
  }

  /** An id for a frame of a kind that its sender has a bound for. */
  String addBounded(Waiter waiter) {
    String id = Long.toString(++count, Character.MAX_RADIX);
    pending.put(id, new Pending(waiter, System.nanoTime()));
    return id;
  }

  /** True when somebody waited for it. */
  boolean answered(Frame frame) {
    Pending one = frame.id == null ? null : pending.remove(frame.id);
    if (one == null) {
      return false;
    }
    if (frame.type.equals("error")) {
      one.waiter.refused(
          Refusals.of(frame.code, String.valueOf(frame.message), frame.retryAfterMs));
    } else {
      one.waiter.done(frame);
    }
    return true;
  }

  /** Nobody waits for it any more. */
  void forget(String id) {
    pending.remove(id);
  }

  /** Nanoseconds that the oldest has waited; 0 when nobody waits. */
  long overdue() {
    return pending.isEmpty()
        ? 0
        : System.nanoTime() - pending.values().iterator().next().sentNanos();
  }

  /** The line is gone, and with it the answers. */
  void clear() {
    pending.clear();
  }
}
