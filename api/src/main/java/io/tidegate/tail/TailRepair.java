package io.tidegate.tail;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fan-out between nodes is a hint: a channel's last message may be lost without a trace. So every
 * node reads what was published, often while hints cannot arrive. Has no thread and no clock of its
 * own.
 */
public final class TailRepair {
  private static final long PERIOD_MILLIS = 2_000;
  private static final long UNHEALTHY_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(TailRepair.class);

  private final List<StoreTail> stores;
  private final List<Reader> readers;
  private final Executor executor;
  private final BooleanSupplier healthy;
  private final LongSupplier millis;

  /** One store, read by one thread at a time. */
  private static final class Reader {
    private final StoreTail store;
    private final AtomicBoolean urgent = new AtomicBoolean(true);
    private final AtomicBoolean reading = new AtomicBoolean();

    /** Of the last reading's begin; guarded by {@link #reading}. */
    private long lastMillis;

    Reader(StoreTail store) {
      this.store = store;
    }
  }

  /**
   * @param executor may wait: a store that hangs must not keep the other from being read
   * @param healthy whether hints arrive as they should
   * @param millis a clock that never goes back
   */
  public TailRepair(
      List<StoreTail> stores, Executor executor, BooleanSupplier healthy, LongSupplier millis) {
    this.stores = List.copyOf(stores);
    this.readers = this.stores.stream().map(Reader::new).toList();
    this.executor = executor;
    this.healthy = healthy;
    this.millis = millis;
  }

  public List<StoreTail> stores() {
    return stores;
  }

  /** Hints may have been missed: the next beat reads, whenever it was done last. */
  public void hurry() {
    readers.forEach(one -> one.urgent.set(true));
  }

  /** Called a few times a second; has each store read that it is time for and that is not read. */
  public void beat() {
    long now = millis.getAsLong();
    long period = healthy.getAsBoolean() ? PERIOD_MILLIS : UNHEALTHY_MILLIS;
    for (Reader one : readers) {
      if (one.reading.compareAndSet(false, true)) {
        if (one.urgent.getAndSet(false) || now - one.lastMillis >= period) {
          one.lastMillis = now;
          read(one);
        } else {
          one.reading.set(false);
        }
      }
    }
  }

  private void read(Reader one) {
    executor.execute(
        () -> {
          try {
            one.store.step();
          } catch (RuntimeException e) {
            LOG.error("reading what other nodes published failed, it goes on", e);
          } finally {
            one.reading.set(false);
          }
        });
  }
}
