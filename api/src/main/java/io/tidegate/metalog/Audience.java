package io.tidegate.metalog;

import io.tidegate.allowance.MemoryBucket;
import io.tidegate.allowance.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Those who listen to one app's log on this node, and what waits for them. Any thread. */
final class Audience {
  /** More than a person can read, and little beside what a node delivers. */
  static final Rate RATE = new Rate(200, 200);

  /** As many as a unit has. */
  static final int MAX_AT_ONCE = 100;

  /** Two seconds of the rate: what is written ten times a second. */
  private static final int MAX_WAITING = 400;

  private final MemoryBucket bucket;
  private final ArrayBlockingQueue<LogEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong skipped = new AtomicLong();

  Audience(LongSupplier nanos) {
    this.bucket = new MemoryBucket(nanos);
  }

  /** True when it is made. */
  boolean tell(Supplier<LogEvent> event) {
    if (waiting.remainingCapacity() == 0 || !bucket.take(1, RATE).granted()) {
      skipped.incrementAndGet();
      return false;
    }
    LogEvent made = event.get();
    long before = skipped.getAndSet(0);
    if (before > 0) {
      made.with("skipped", before);
    }
    if (!waiting.offer(made)) {
      skipped.addAndGet(before + 1);
      return false;
    }
    return true;
  }

  List<LogEvent> take() {
    List<LogEvent> events = new ArrayList<>();
    waiting.drainTo(events, MAX_AT_ONCE);
    return events;
  }
}
