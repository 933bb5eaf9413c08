package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Published;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Brings the {@link Outbox} onto the wire, and its answers to who waits. Under the client's lock.
 */
final class Publishing {
  /**
   * Frames on their way, one a channel: at 62 kB each already more than a line takes while they are
   * answered. The other channels wait in the outbox, which has its own bound.
   */
  static final int MOST_FRAMES = 1_024;

  private final Outbox outbox;
  private final Wire wire;
  private final Executor callbacks;
  private final Backoff backoff = new Backoff(new SplittableRandom());

  /** Channels that have something to send, and had no place; bounded as the outbox is. */
  private final Set<String> held = new LinkedHashSet<>();

  private int onTheirWay;

  Publishing(Outbox outbox, Wire wire, Executor callbacks) {
    this.outbox = outbox;
    this.wire = wire;
    this.callbacks = callbacks;
  }

  CompletableFuture<Published> publish(String channel, List<Outgoing> messages) {
    Outbox.Entry entry = new Outbox.Entry(channel, messages);
    if (!Outbox.fits(messages)) {
      return CompletableFuture.failedFuture(
          Refusals.of(
              Refusals.FRAME_TOO_LARGE,
              "At most 100 messages and 62 kB go as one over the connection",
              null));
    }
    if (!outbox.offer(entry)) {
      return CompletableFuture.failedFuture(outbox.full());
    }
    pump(channel);
    return entry.future;
  }

  private void pump(String channel) {
    if (!wire.isOpen()) {
      return;
    }
    if (onTheirWay >= MOST_FRAMES) {
      held.add(channel);
      return;
    }
    Outbox.Batch batch = outbox.next(channel);
    if (batch != null) {
      onTheirWay++;
      String id = wire.requests().addBounded(new Answer(batch));
      wire.send(Frames.publish(id, channel, batch.messages()));
    }
  }

  /** One was answered: its channel goes on, behind those that had no place. */
  private void answered(String channel) {
    onTheirWay--;
    held.add(channel);
    while (onTheirWay < MOST_FRAMES && !held.isEmpty()) {
      String next = held.iterator().next();
      held.remove(next);
      pump(next);
    }
  }

  private final class Answer implements Requests.Waiter {
    private final Outbox.Batch batch;

    Answer(Outbox.Batch batch) {
      this.batch = batch;
    }

    @Override
    public void done(Frame reply) {
      backoff.reset();
      outbox.done(batch);
      answered(batch.channel());
      long[] seqs = reply.seqs();
      String epoch = String.valueOf(reply.epoch);
      callbacks.execute(() -> complete(batch, epoch, seqs));
    }

    @Override
    public void refused(TidegateException reason) {
      List<Outbox.Entry> failed = outbox.refused(batch, reason.code());
      String channel = batch.channel();
      if (failed.isEmpty() && Refusals.isPassing(reason.code())) {
        long pause = reason.retryAfter().map(after -> after.toMillis()).orElseGet(backoff::nextMs);
        wire.later(
            pause,
            () -> {
              outbox.resume(channel);
              pump(channel);
            });
      } else {
        fail(failed, reason);
      }
      answered(channel);
    }
  }

  private static void complete(Outbox.Batch batch, String epoch, long[] seqs) {
    int next = 0;
    for (Outbox.Entry entry : batch.entries) {
      int end = next + entry.messages.size();
      if (end > seqs.length) {
        entry.future.completeExceptionally(
            TidegateException.local(Local.ODD_ANSWER, "The reply names too few messages", null));
        continue;
      }
      List<Published.Item> items = new ArrayList<>(entry.messages.size());
      for (Outgoing message : entry.messages) {
        items.add(new Published.Item(message.id(), seqs[next++]));
      }
      entry.future.complete(new Published(entry.channel, epoch, items));
    }
  }

  void attached() {
    outbox.channels().forEach(this::pump);
  }

  void detached() {
    onTheirWay = 0;
    held.clear();
    outbox.detached();
  }

  /** Nothing is sent any more. What was sent before may have been published. */
  void failed(TidegateException reason) {
    fail(outbox.clear(), reason);
  }

  private void fail(List<Outbox.Entry> entries, TidegateException reason) {
    if (!entries.isEmpty()) {
      callbacks.execute(() -> entries.forEach(entry -> entry.future.completeExceptionally(reason)));
    }
  }
}
