package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames that are to be answered, the oldest first. Guarded by the client's lock. */
final class Requests {
  /** Who waits; called under the lock. */
  interface Waiter {
    void done(Frame reply);

    void refused(TidegateException reason);
  }

  private record Pending(Waiter waiter, long sentNanos) {}

  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private long count;

  /** An id for the next frame. */
  String add(Waiter waiter) {
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
