package io.tidegate.log;

import io.tidegate.figures.Buckets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes batches one after the other: the next is whatever queued while the last
 * one was committed, so that batches come from load and an idle lane never waits.
 */
final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration FLUSH = Duration.ofSeconds(10);

  private final LaneQueue queue;
  private final BatchCommitter committer;
  private final Thread thread;
  private final Buckets sizes = Buckets.ofSizes();
  private final Buckets nanos = Buckets.ofLatency();

  Lane(int number, LogSettings settings, BatchCommitter committer) {
    this.queue = new LaneQueue(settings);
    this.committer = committer;
    this.thread = Thread.ofPlatform().name("log-lane-" + number).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean offer(PendingUnit unit) {
    return queue.offer(unit);
  }

  int waiting() {
    return queue.messages();
  }

  /** Messages of each batch, and how long each took until its units were answered. */
  Buckets sizes() {
    return sizes;
  }

  Buckets nanos() {
    return nanos;
  }

  private void run() {
    try {
      List<PendingUnit> batch = queue.take();
      while (!batch.isEmpty()) {
        commit(batch);
        batch = queue.take();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<PendingUnit> batch) {
    long begun = System.nanoTime();
    batch.forEach(PendingUnit::taken);
    try {
      committer.commit(batch);
      sizes.record(batch.stream().mapToInt(PendingUnit::size).sum());
      nanos.record(System.nanoTime() - begun);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      batch.forEach(unit -> unit.refuse(Refusals.outcomeUnknown(stopped)));
    } catch (RuntimeException | Error e) {
      // Not foreseen: the lane goes on, but nobody may take these messages for stored or refused.
      LOG.error("A batch of {} units failed", batch.size(), e);
      batch.forEach(unit -> unit.refuse(Refusals.outcomeUnknown(e)));
    }
  }

  /** Takes nothing more and returns when what waits has been written. */
  @Override
  public void close() {
    queue.close();
    try {
      if (!thread.join(FLUSH)) {
        LOG.error("{} messages were not written in time", queue.messages());
        queue.drain().forEach(unit -> unit.refuse(Refusals.tooOld()));
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
