package io.tidegate.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.problem.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client in one channel that reads when the test lets it, and at every call holds the hub to
 * its promise: after {@code onSubscribed} a gapless increasing run of seqs, or a jump before any
 * gap. Belongs to one event loop.
 */
final class Client implements Subscriber {
  private static final int TURN_BYTES = 300;

  private final ArrayDeque<Subscription> behind = new ArrayDeque<>();
  private final List<EncodedMessage> received = new ArrayList<>();
  private final List<String> jumps = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private boolean writable = true;
  private boolean pumping;
  private int unflushed;
  private boolean flushComing;
  private long flushes;
  private @Nullable Subscription subscription;
  private @Nullable Position began;
  private @Nullable Position at;
  private Head.Resume.@Nullable Lost lost;
  private @Nullable RefusedException refused;
  private @Nullable Throwable fault;
  private @Nullable RuntimeException failing;
  private @Nullable RuntimeException failingFlush;
  private @Nullable RuntimeException failingReady;
  private @Nullable RuntimeException failingFault;

  void subscribe(Hub hub, FanoutLoop loop, io.tidegate.channel.ChannelId channel, Start start) {
    subscribe(hub, loop, channel, start, false);
  }

  void subscribe(
      Hub hub,
      FanoutLoop loop,
      io.tidegate.channel.ChannelId channel,
      Start start,
      boolean conflate) {
    subscription = hub.subscribe(channel, loop, this, start, conflate);
  }

  void writable(boolean now) {
    writable = now;
    pump();
  }

  boolean isWritable() {
    return writable;
  }

  void end() {
    assertThat(fault).as("fault").isNull();
    subscription().end();
  }

  Subscription subscription() {
    return java.util.Objects.requireNonNull(subscription);
  }

  boolean isSubscribed() {
    return at != null;
  }

  /** Where its subscription began. */
  Position began() {
    return java.util.Objects.requireNonNull(began);
  }

  /** From now on everything that is written to it throws. */
  void fail(RuntimeException with) {
    failing = with;
  }

  void failFlush(RuntimeException with) {
    failingFlush = with;
  }

  void failReady(RuntimeException with) {
    failingReady = with;
  }

  void failFault(RuntimeException with) {
    failingFault = with;
  }

  /** Why it was ended; null when it was not. */
  @Nullable Throwable fault() {
    return fault;
  }

  private static void failIf(@Nullable RuntimeException told) {
    if (told != null) {
      throw told;
    }
  }

  /** The position it would resume from. */
  Position at() {
    assertThat(fault).as("fault").isNull();
    return java.util.Objects.requireNonNull(at);
  }

  List<EncodedMessage> received() {
    assertThat(fault == null || failing != null).as("no fault but the test's: %s", fault).isTrue();
    return received;
  }

  List<Long> seqs() {
    return received.stream().map(EncodedMessage::seq).toList();
  }

  /** What it was given while it was live. */
  List<Batch> batches() {
    return batches;
  }

  /** Each as {@code reason missed}. */
  List<String> jumps() {
    return jumps;
  }

  Head.Resume.@Nullable Lost lost() {
    return lost;
  }

  @Nullable RefusedException refused() {
    assertThat(fault).as("fault").isNull();
    return refused;
  }

  /** Calls since the last flush that left something to write. */
  int unflushed() {
    return unflushed;
  }

  /** What would be system calls. */
  long flushes() {
    return flushes;
  }

  @Override
  public void onSubscribed(Subscription one, Position from, Head.Resume.@Nullable Lost why) {
    failIf(failing);
    assertThat(at).as("subscribed once").isNull();
    if (one.start() instanceof Start.Since since && why == null) {
      assertThat(from.seq()).as("resumed").isEqualTo(since.position().seq());
    }
    began = from;
    at = from;
    lost = why;
    unflushed++;
  }

  @Override
  public void onFailed(Subscription one, RefusedException why) {
    assertThat(at).as("not subscribed").isNull();
    refused = why;
    unflushed++;
  }

  @Override
  public boolean onBatch(Subscription one, Batch batch) {
    failIf(failing);
    if (!writable) {
      return false;
    }
    assertThat(behind).as("the client is up to date").doesNotContain(one);
    batches.add(batch);
    write(one, batch);
    return true;
  }

  private void write(Subscription one, Batch batch) {
    failIf(failing);
    for (EncodedMessage message : batch.messages()) {
      Position before = at();
      if (!message.epoch().equals(before.epoch())) {
        assertThat(new String(message.json(), UTF_8))
            .as("of another epoch than its run's, so it says so")
            .contains("\"epoch\":\"" + message.epoch() + '"');
      }
      if (one.conflated()) {
        assertThat(message.seq()).as("increasing").isGreaterThan(before.seq());
      } else {
        assertThat(message.seq()).as("the next").isEqualTo(before.seq() + 1);
      }
      at = new Position(before.epoch(), message.seq());
      received.add(message);
    }
    unflushed++;
  }

  @Override
  public void onJump(
      Subscription one, Position from, Position to, String reason, @Nullable Long missed) {
    assertThat(from).as("a jump from where it is").isEqualTo(at());
    if (missed != null) {
      assertThat(missed).as("missed").isEqualTo(to.seq() - from.seq()).isNotNegative();
    }
    failIf(failing);
    at = to;
    jumps.add(reason + " " + missed);
    unflushed++;
  }

  @Override
  public void onReady(Subscription one) {
    failIf(failingReady);
    behind.add(one);
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (writable && !behind.isEmpty()) {
        Subscription next = behind.poll();
        Batch batch = next.step(TURN_BYTES, Integer.MAX_VALUE);
        if (batch != null) {
          write(next, batch);
          next.taken(batch);
          behind.add(next);
        }
      }
    } finally {
      pumping = false;
    }
  }

  @Override
  public void onFault(Throwable why) {
    failIf(failingFault);
    assertThat(fault).as("told once").isNull();
    fault = why;
    if (subscription != null) {
      subscription.end();
    }
  }

  @Override
  public boolean needsFlush() {
    boolean first = !flushComing;
    flushComing = true;
    return first;
  }

  @Override
  public void flush() {
    flushComing = false;
    failIf(failingFlush);
    flushes++;
    unflushed = 0;
  }
}
