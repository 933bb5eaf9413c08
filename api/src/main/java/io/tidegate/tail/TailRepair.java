package io.tidegate.tail;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Fan-out between nodes is a hint: a channel's last message may be lost without a trace. So every
 * node reads what was published, often while hints cannot arrive. Has no thread and no clock of its
 * own.
 */
public final class TailRepair {
  private static final long PERIOD_MILLIS = 2_000;
  private static final long UNHEALTHY_MILLIS = 500;

  private final List<StoreTail> stores;
  private final BooleanSupplier healthy;
  private final LongSupplier millis;
  private final AtomicBoolean urgent = new AtomicBoolean(true);
  private final AtomicBoolean reading = new AtomicBoolean();

  /** Of the last reading's begin; guarded by {@link #reading}. */
  private long lastMillis;

  /**
   * @param healthy whether hints arrive as they should
   * @param millis a clock that never goes back
   */
  public TailRepair(List<StoreTail> stores, BooleanSupplier healthy, LongSupplier millis) {
    this.stores = List.copyOf(stores);
    this.healthy = healthy;
    this.millis = millis;
  }

  public List<StoreTail> stores() {
    return stores;
  }

  /** Hints may have been missed: the next beat reads, whenever it was done last. */
  public void hurry() {
    urgent.set(true);
  }

  /** Called a few times a second, on a thread that may wait; reads when it is time to. */
  public void beat() {
    if (!reading.compareAndSet(false, true)) {
      return;
    }
    try {
      long now = millis.getAsLong();
      long period = healthy.getAsBoolean() ? PERIOD_MILLIS : UNHEALTHY_MILLIS;
      if (urgent.getAndSet(false) || now - lastMillis >= period) {
        lastMillis = now;
        stores.forEach(StoreTail::step);
      }
    } finally {
      reading.set(false);
    }
  }
}
