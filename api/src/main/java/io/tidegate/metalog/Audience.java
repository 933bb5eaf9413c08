package io.tidegate.metalog;

import io.tidegate.allowance.MemoryBucket;
import io.tidegate.allowance.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Those who listen to one app's log on this node, and what waits for them. Any thread. */
final class Audience {
  /** More than a person can read, and little beside what a node delivers. */
  static final Rate RATE = new Rate(200, 200);

  /** As many as a unit has. */
  static final int MAX_AT_ONCE = 100;

  /** Two seconds of the rate: what is written ten times a second. */
  private static final int MAX_WAITING = 400;

  /** One event at that rate: before that it is not worth asking again. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1) / 200;

  private final LongSupplier nanos;
  private final MemoryBucket bucket;
  private final ArrayBlockingQueue<LogEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  /** Since the last event that said so. */
  private final AtomicLong skipped = new AtomicLong();

  /** Until then nothing is made. Racy: a thread that has not seen it asks the bucket once more. */
  private volatile long shutUntilNanos;

  private volatile boolean showsData;

  Audience(LongSupplier nanos) {
    this.nanos = nanos;
    this.bucket = new MemoryBucket(nanos);
    this.shutUntilNanos = nanos.getAsLong();
  }

  /** Whether to show it what clients publish; known since the last flush. */
  boolean showsData() {
    return showsData;
  }

  void showData(boolean on) {
    showsData = on;
  }

  /** Takes room for one; false when it is beyond the rate, which costs a clock and a counter. */
  boolean wants() {
    long now = nanos.getAsLong();
    if (now - shutUntilNanos >= 0) {
      if (waiting.remainingCapacity() > 0 && bucket.take(1, RATE).granted()) {
        return true;
      }
      shutUntilNanos = now + PAUSE_NANOS;
    }
    skipped.incrementAndGet();
    return false;
  }

  /** One that there was room for; false when there is none any more. */
  boolean tell(LogEvent event) {
    long before = skipped.getAndSet(0);
    if (before > 0) {
      event.with("skipped", before);
    }
    if (!waiting.offer(event)) {
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
