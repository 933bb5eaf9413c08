package io.tidegate.broker;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import io.tidegate.trace.UnitTrace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The publishes of one partition, in order: what queued while one call was under way leaves with
 * the next. Guarded by its monitor.
 */
final class RedisLane {
  /** A script holds the server up for all others: about 1 ms of work. */
  private static final int MAX_BATCH_MESSAGES = 128;

  private static final int MAX_BATCH_BYTES = 1 << 20;

  /**
   * What may wait in a lane; all 64 together hold at most 256 MB, and one tenant's few far less.
   */
  private static final int MAX_WAITING_BYTES = 4 << 20;

  private static final int RETRY_MILLIS = 250;

  /**
   * Entries that a partition's trail keeps: a node that reads it each 2 s misses none below 2,000
   * units/s.
   */
  static final int TRAIL = 4_096;

  /** What the script says of a channel that is not of this class any more. */
  private static final Long LEFT = 0L;

  private static final RedisScript SCRIPT = RedisScript.of("channel", "publish");

  private final RedisLink link;
  private final RedisArguments arguments;
  private final List<String> trail;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean underWay;

  RedisLane(RedisLink link, RedisArguments arguments, int partition) {
    this.link = link;
    this.arguments = arguments;
    this.trail = List.of(RedisChannel.trail(partition), RedisChannel.trailEnd(partition));
  }

  private record Waiting(
      RedisChannel channel,
      PublishUnit unit,
      Retention keep,
      CompletableFuture<Published> answer) {}

  CompletionStage<Published> publish(RedisChannel channel, PublishUnit unit, Retention keep) {
    Waiting one = new Waiting(channel, unit, keep, new CompletableFuture<>());
    List<Waiting> batch;
    synchronized (this) {
      if (waitingBytes + unit.weight() > MAX_WAITING_BYTES) {
        return CompletableFuture.failedFuture(
            RefusedException.retryAfter(
                Refusal.PUBLISH_QUEUE_FULL, "too many messages wait for the broker", RETRY_MILLIS));
      }
      waiting.add(one);
      waitingBytes += unit.weight();
      batch = next();
    }
    send(batch);
    return one.answer;
  }

  /** What leaves now; empty while a call is under way. */
  private List<Waiting> next() {
    if (underWay || waiting.isEmpty()) {
      return List.of();
    }
    List<Waiting> batch = new ArrayList<>();
    int messages = 0;
    long bytes = 0;
    while (!waiting.isEmpty()) {
      PublishUnit unit = waiting.getFirst().unit();
      messages += unit.drafts().size();
      bytes += unit.weight();
      boolean fits = messages <= MAX_BATCH_MESSAGES && bytes <= MAX_BATCH_BYTES;
      if (!fits && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.removeFirst());
      waitingBytes -= unit.weight();
    }
    underWay = true;
    return batch;
  }

  private void send(List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    List<String> keys = new ArrayList<>(trail);
    List<byte[]> args = arguments.begin();
    args.add(arguments.publish());
    args.add(RedisArguments.of(TRAIL));
    for (Waiting one : batch) {
      UnitTrace trace = one.unit.trace();
      if (trace != null) {
        trace.taken();
      }
      keys.add(one.channel.base());
      add(args, one);
    }
    link.<List<Object>>eval(SCRIPT, ScriptOutputType.MULTI, keys, args.toArray(byte[][]::new))
        .whenComplete((answers, failure) -> answered(batch, answers, failure));
  }

  private static void add(List<byte[]> args, Waiting one) {
    boolean remembers = one.keep.messages() > 0;
    RedisArguments.add(args, one.keep);
    args.add(RedisArguments.of(RedisBroker.newEpoch()));
    args.add(RedisArguments.of(one.channel.text()));
    args.add(RedisArguments.of(one.channel.list()));
    args.add(RedisArguments.of(one.unit.drafts().size()));
    for (Draft draft : one.unit.drafts()) {
      boolean known = remembers && !draft.madeId();
      args.add(known ? RedisArguments.of(draft.id()) : RedisArguments.NOTHING);
      args.add(known ? draft.digest() : RedisArguments.NOTHING);
      args.add(MessageBytes.of(draft));
    }
  }

  private void answered(
      List<Waiting> batch, @Nullable List<Object> answers, @Nullable Throwable failure) {
    List<Waiting> following;
    synchronized (this) {
      underWay = false;
      following = next();
    }
    send(following);
    for (int i = 0; i < batch.size(); i++) {
      Waiting one = batch.get(i);
      if (failure != null || answers == null) {
        one.answer.completeExceptionally(
            RedisFaults.ofWrite(failure == null ? new NullPointerException("no answer") : failure));
      } else {
        complete(one, answers.get(i));
      }
    }
  }

  private static void complete(Waiting one, Object answer) {
    if (!(answer instanceof List<?> found)) {
      one.answer.completeExceptionally(
          answer.equals(LEFT)
              ? ChannelStore.left()
              : new RefusedException(
                  Refusal.MESSAGE_ID_REUSED, "the message id was used for another message"));
      return;
    }
    Epoch epoch = new Epoch(text(found.get(0)));
    long millis = Long.parseLong(text(found.get(1)));
    List<Published.Item> items = new ArrayList<>();
    List<Message> fresh = new ArrayList<>();
    for (int i = 0; i < one.unit.drafts().size(); i++) {
      Draft draft = one.unit.drafts().get(i);
      long seq = Long.parseLong(text(found.get(i + 2)));
      items.add(new Published.Item(draft.id(), Math.abs(seq)));
      if (seq > 0) {
        fresh.add(draft.numbered(seq, millis));
      }
    }
    if (one.unit.trace() != null) {
      one.unit.trace().committed(fresh.size());
    }
    one.answer.complete(new Published(epoch, items, fresh));
  }

  private static String text(Object value) {
    return new String((byte[]) value, StandardCharsets.UTF_8);
  }
}
