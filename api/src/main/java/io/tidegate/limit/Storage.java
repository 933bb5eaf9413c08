package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has in the durable log, for its limit: what was measured last, and what this node
 * has added since. What other nodes add is known with the next measure, so that together they may
 * pass the limit by what they store within {@value #MEASURE_SECONDS} s. Before it refuses it
 * measures anew, at most once a second: what was deleted makes room at once.
 */
public final class Storage {
  private static final long MEASURE_SECONDS = 30;
  private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(MEASURE_SECONDS);
  private static final long REFUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Room is made by people and by days that end: coming back sooner is of no use. */
  private static final long RETRY_MILLIS = 60_000;

  private final TenantId tenant;
  private final Census census;
  private final Watch watch;
  private final LongSupplier nanos;

  /** Held while the log is asked; the others go on with what is known. */
  private final ReentrantLock measuring = new ReentrantLock();

  /** Null is unlimited: then nothing is measured. */
  private volatile @Nullable Long most;

  // The rest is guarded by the monitor.
  private boolean measured;
  private long measuredNanos;

  /** What the last measure found. */
  private long found;

  /** Stored by this node since that measure began. */
  private long added;

  /** Claimed, and not answered yet. */
  private long underWay;

  Storage(TenantId tenant, Census census, Watch watch, LongSupplier nanos) {
    this.tenant = tenant;
    this.census = census;
    this.watch = watch;
    this.nanos = nanos;
  }

  synchronized void follow(@Nullable Long limit) {
    // While there was none, nothing was counted.
    measured &= most != null;
    most = limit;
  }

  /** Room that was taken for what is on its way into the log. */
  public final class Claim {
    private final long claimed;

    private Claim(long claimed) {
      this.claimed = claimed;
    }

    /**
     * Does what the room is for, and then gives back what was not used.
     *
     * @param used how much was stored; of what failed, nothing
     */
    public <T> CompletionStage<T> until(
        Supplier<CompletionStage<T>> store, ToLongFunction<T> used) {
      CompletionStage<T> answer;
      try {
        answer = store.get();
      } catch (RuntimeException e) {
        settle(claimed, 0);
        throw e;
      }
      return answer.whenComplete(
          (done, failure) -> settle(claimed, failure == null ? used.applyAsLong(done) : 0));
    }
  }

  /**
   * Takes room for so many bytes. May read the database.
   *
   * @throws RefusedException STORAGE_LIMIT_REACHED; STORE_UNAVAILABLE when nobody can say what is
   *     stored
   */
  public Claim claim(long wanted) {
    Long limit = most;
    if (limit == null) {
      return new Claim(0);
    }
    measureIfOlderThan(MEASURE_NANOS);
    if (!take(wanted, limit)) {
      measureIfOlderThan(REFUSE_NANOS);
      if (!take(wanted, limit)) {
        watch.used(tenant, Limit.STORED_BYTES, limit, limit);
        throw watch.refuse(
            Limit.STORED_BYTES,
            RefusedException.retryAfter(
                Refusal.STORAGE_LIMIT_REACHED,
                "the tenant may store "
                    + limit
                    + " bytes of durable messages (storedBytes): delete channels, keep messages for"
                    + " fewer days, or ask for a higher limit",
                RETRY_MILLIS));
      }
    }
    return new Claim(wanted);
  }

  private boolean take(long wanted, long limit) {
    long now;
    synchronized (this) {
      now = found + added + underWay + wanted;
      if (now > limit) {
        return false;
      }
      underWay += wanted;
    }
    watch.used(tenant, Limit.STORED_BYTES, now, limit);
    return true;
  }

  private void settle(long claimed, long used) {
    if (claimed > 0) {
      synchronized (this) {
        underWay -= claimed;
        added += Math.min(claimed, used);
      }
    }
  }

  private synchronized boolean isOlderThan(long age) {
    return !measured || nanos.getAsLong() - measuredNanos >= age;
  }

  /**
   * One thread asks; those that come meanwhile rest on the last measure, or wait for the first. A
   * log that does not answer leaves the last one standing.
   */
  private void measureIfOlderThan(long age) {
    if (!isOlderThan(age)) {
      return;
    }
    if (isKnown()) {
      if (!measuring.tryLock()) {
        return;
      }
    } else {
      measuring.lock();
    }
    try {
      if (isOlderThan(age)) {
        measure();
      }
    } catch (RefusedException away) {
      if (!isKnown()) {
        throw away;
      }
    } finally {
      measuring.unlock();
    }
  }

  private synchronized boolean isKnown() {
    return measured;
  }

  /** What is stored meanwhile may count twice until the next measure; never not at all. */
  private void measure() {
    long before;
    synchronized (this) {
      measuredNanos = nanos.getAsLong();
      before = added;
    }
    long now = census.storedBytes(tenant);
    synchronized (this) {
      found = now;
      added -= before;
      measured = true;
    }
  }
}
