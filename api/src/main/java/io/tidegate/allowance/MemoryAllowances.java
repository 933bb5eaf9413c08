package io.tidegate.allowance;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The allowances of a node that is alone: whoever keeps one, keeps all there is of it. */
public final class MemoryAllowances implements Allowances {
  private final LongSupplier nanos;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public MemoryAllowances(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public Bucket bucket(String name) {
    return new MemoryBucket(nanos);
  }

  @Override
  public Tally tally(String name) {
    return new Count();
  }

  private static final class Count implements Tally {
    private final AtomicLong count = new AtomicLong();

    @Override
    public boolean hasRoom(long most) {
      return count.get() < most;
    }

    @Override
    public boolean enter(long most) {
      for (long now = count.get(); now < most; now = count.get()) {
        if (count.compareAndSet(now, now + 1)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void moveIn() {
      count.incrementAndGet();
    }

    @Override
    public void moveOut() {
      leave();
    }

    @Override
    public void leave() {
      count.decrementAndGet();
    }

    @Override
    public long count() {
      return count.get();
    }

    @Override
    public long here() {
      return count.get();
    }
  }
}
