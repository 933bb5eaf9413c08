package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that tells in rounds: the next is of whatever came while the last one was committed,
 * so that many publishes share one transaction and an idle lane never waits.
 */
final class TellingLane implements AutoCloseable {
  /** Of one transaction: a few ms of work. */
  private static final int BATCH_MESSAGES = 500;

  private static final int BATCH_BYTES = 1 << 20;

  /** What may wait; a publisher who comes then is refused, unless the database is what stands. */
  private static final int MAX_MESSAGES = 5_000;

  private static final int MAX_BYTES = 16 << 20;

  private static final long RETRY_MILLIS = 500;
  private static final long STANDS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Duration FLUSH = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(TellingLane.class);

  private final Round round;
  private final Behind behind;
  private final Figures figures;
  private final Thread thread;

  // Guarded by the monitor.
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private int messages;
  private long bytes;
  private boolean closed;

  /** When the round under way began; 0 when none is. */
  private long begunNanos;

  /** Whether the last round was taken by nobody. */
  private boolean failing;

  TellingLane(String name, Round round, Behind behind, Figures figures) {
    this.round = round;
    this.behind = behind;
    this.figures = figures;
    this.thread = Thread.ofPlatform().name("published-" + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Back-pressure before anything is published: whoever goes on, what he brings is accepted. When
   * the database stands still, publishing goes on without it.
   *
   * @throws RefusedException PUBLISH_QUEUE_FULL
   */
  synchronized void requireRoom() {
    if (isFull() && !isStanding()) {
      throw RefusedException.retryAfter(
          Refusal.PUBLISH_QUEUE_FULL, "too many messages wait for webhooks", RETRY_MILLIS);
    }
  }

  /** Whether the database takes nothing: nobody waits for that. */
  synchronized boolean isStanding() {
    return failing || (begunNanos != 0 && System.nanoTime() - begunNanos > STANDS_NANOS);
  }

  private boolean isFull() {
    return messages >= MAX_MESSAGES || bytes >= MAX_BYTES;
  }

  /** Takes it, or puts it off. */
  void offer(Waiting one) {
    synchronized (this) {
      if (!closed && !isFull()) {
        queue.add(one);
        count(one, 1);
        notifyAll();
        return;
      }
    }
    putOff(one);
  }

  private void count(Waiting one, int sign) {
    messages += sign * one.messages();
    bytes += (long) sign * one.weight();
  }

  /** Messages that wait. */
  synchronized int waiting() {
    return messages;
  }

  private void run() {
    try {
      for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
        tell(batch);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for some; none when it is closed and nothing is left. */
  private synchronized List<Waiting> take() throws InterruptedException {
    begunNanos = 0;
    while (queue.isEmpty() && !closed) {
      wait();
    }
    begunNanos = System.nanoTime() | 1;
    List<Waiting> batch = new ArrayList<>();
    int many = 0;
    long weight = 0;
    while (!queue.isEmpty()) {
      Waiting next = queue.getFirst();
      many += next.messages();
      weight += next.weight();
      if (!batch.isEmpty() && (many > BATCH_MESSAGES || weight > BATCH_BYTES)) {
        break;
      }
      count(next, -1);
      batch.add(queue.removeFirst());
    }
    return batch;
  }

  private void tell(List<Waiting> batch) {
    try {
      Round.Result result = round.tell(batch);
      failing(false);
      done(batch, result);
    } catch (RefusedException away) {
      LOG.debug("webhooks are told of {} units later", batch.size(), away);
      failing(true);
      batch.forEach(this::putOff);
    } catch (RuntimeException | Error e) {
      // Not foreseen, and perhaps the fault of one channel: the others are told.
      Set<ChannelId> channels = batch.stream().map(Waiting::channel).collect(Collectors.toSet());
      if (channels.size() == 1) {
        LOG.error("webhooks could not be told of a message, it is tried again", e);
        batch.forEach(this::putOff);
      } else {
        for (ChannelId channel : channels) {
          tell(batch.stream().filter(one -> one.channel().equals(channel)).toList());
        }
      }
    }
  }

  private synchronized void failing(boolean now) {
    failing = now;
  }

  private void done(List<Waiting> batch, Round.Result result) {
    figures.told(result.messages(), result.missed());
    if (result.missed() > 0) {
      LOG.warn("{} messages were gone before webhooks could be told of them", result.missed());
    }
    List<Waiting> again = new ArrayList<>();
    for (Waiting one : batch) {
      if (result.unread().contains(one.channel())) {
        putOff(one);
      } else if (result.more().contains(one.channel())) {
        again.add(one);
      } else {
        one.done().complete(true);
      }
    }
    synchronized (this) {
      for (Waiting one : again.reversed()) {
        queue.addFirst(one);
        count(one, 1);
      }
    }
  }

  /** It is told later: whoever waits for it need not. */
  private void putOff(Waiting one) {
    if (one.isKept()) {
      behind.add(one.channel());
    } else {
      figures.lost(one.fresh().size());
    }
    one.done().complete(false);
  }

  /** Takes nothing more and returns when what waits has been told. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (!thread.join(FLUSH)) {
        LOG.warn("webhooks were not told of {} messages in time", waiting());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
