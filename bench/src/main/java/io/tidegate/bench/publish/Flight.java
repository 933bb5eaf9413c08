package io.tidegate.bench.publish;

import io.tidegate.bench.subscribe.Deliveries;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages published but not yet received by all subscribers: counts the deliveries of each and
 * wakes the publisher when one is complete. Told by all loops.
 */
public final class Flight implements Deliveries {
  /** Messages that can be on their way at once; counters are reused in turn. */
  public static final int CAPACITY = 1 << 12;

  private static final int MASK = CAPACITY - 1;

  private final int subscribers;
  private final Runnable wake;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(CAPACITY);
  private final AtomicLong completed = new AtomicLong();
  private volatile boolean complete;

  /**
   * @param subscribers each message goes to
   * @param wake called after a read in which messages were completed
   */
  public Flight(int subscribers, Runnable wake) {
    this.subscribers = subscribers;
    this.wake = wake;
  }

  @Override
  public void delivered(long number) {
    int slot = (int) number & MASK;
    if (counts.incrementAndGet(slot) == subscribers) {
      counts.set(slot, 0);
      completed.incrementAndGet();
      complete = true;
    }
  }

  @Override
  public void drained() {
    if (complete) {
      complete = false;
      wake.run();
    }
  }

  /** Messages received by all so far. */
  public long completed() {
    return completed.get();
  }
}
