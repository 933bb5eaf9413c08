package io.tidegate.hub;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Replay;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one channel: a cursor. It is live (offered every batch), or behind (goes on by
 * {@link #step} when its client can be written to), or not begun yet. Belongs to its event loop.
 */
public final class Subscription {
  private static final long STORE_RETRY_MILLIS = 1_000;

  /** Longer than a feed takes to ask the store. */
  private static final long EPOCH_RETRY_MILLIS = 100;

  private final Shard shard;
  private final Subscriber subscriber;
  private final Start start;
  private final boolean conflate;

  /** Its place in the shard's array; the shard keeps it. */
  int index;

  private State state = State.NEW;

  /** The last seq its client was given, or passed over for it. */
  private long cursor;

  /** Messages read from the store and not yet written; shared with everyone who reads there. */
  private List<EncodedMessage> block = List.of();

  /** Raised when what was asked of the store is no longer wanted. */
  private int reads;

  private boolean reading;

  private enum State {
    NEW,
    BEGINNING,
    LIVE,
    BEHIND,
    ENDED
  }

  Subscription(Shard shard, Subscriber subscriber, Start start, boolean conflate) {
    this.shard = shard;
    this.subscriber = subscriber;
    this.start = start;
    this.conflate = conflate;
  }

  public ChannelId channel() {
    return shard.channel();
  }

  public Start start() {
    return start;
  }

  public boolean conflated() {
    return conflate;
  }

  public long cursor() {
    return cursor;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  public boolean isLive() {
    return state == State.LIVE;
  }

  public boolean isBehind() {
    return state == State.BEHIND;
  }

  /** Where it stands; null before it began. */
  public @Nullable Position position() {
    Position at = shard.position();
    return at == null || state == State.NEW || state == State.BEGINNING
        ? null
        : new Position(at.epoch(), cursor);
  }

  /** Ends it; nothing is delivered after this returns. */
  public void end() {
    if (state == State.ENDED) {
      return;
    }
    if (state == State.BEHIND) {
      shard.oneLessBehind();
    }
    state = State.ENDED;
    reads++;
    block = List.of();
    shard.remove(this);
    shard.feed().left(shard);
  }

  /** The shard knows the channel's position. */
  void begin() {
    if (state != State.NEW) {
      return;
    }
    state = State.BEGINNING;
    Position head = positionOfShard();
    switch (start) {
      case Start.Live live -> beginAt(head.seq(), null);
      case Start.Since since -> {
        if (since.position().equals(head)) {
          beginAt(head.seq(), null);
        } else {
          later(
              shard.feed().replay().sharedHead(channel()),
              found -> resume(since.position(), found));
        }
      }
      case Start.Rewind rewind ->
          later(
              shard.feed().replay().rewind(channel(), rewind.messages(), rewind.seconds()),
              found -> rewound(found));
    }
  }

  private void rewound(Position found) {
    if (isOfThisEpoch(found.epoch())) {
      beginAt(found.seq(), null);
    }
  }

  /**
   * False when the store is in another epoch than the shard: it begins anew when the shard has
   * heard of that, or found out that the answer was old.
   */
  private boolean isOfThisEpoch(Epoch found) {
    if (found.equals(positionOfShard().epoch())) {
      return true;
    }
    shard.feed().doubt();
    int read = reads;
    shard
        .loop()
        .executor()
        .schedule(
            () -> {
              if (read == reads && state == State.BEGINNING) {
                state = State.NEW;
                begin();
                subscriber.flush();
              }
            },
            EPOCH_RETRY_MILLIS,
            TimeUnit.MILLISECONDS);
    return false;
  }

  private void resume(Position since, Head found) {
    if (!isOfThisEpoch(found.epoch())) {
      return;
    }
    if (since.epoch().equals(positionOfShard().epoch()) && since.seq() > found.lastSeq()) {
      // The store was read before the newest messages reached this shard.
      long known = Math.max(found.lastSeq(), shard.head());
      found = new Head(found.epochs(), found.firstSeq(), known);
    }
    Head.Resume resume = found.resume(since);
    beginAt(resume.seq(), resume.lost());
  }

  private void beginAt(long seq, Head.Resume.@Nullable Lost lost) {
    cursor = seq;
    if (cursor >= shard.head()) {
      state = State.LIVE;
    } else {
      state = State.BEHIND;
      shard.oneMoreBehind();
    }
    subscriber.onSubscribed(this, new Position(positionOfShard().epoch(), seq), lost);
    if (state == State.BEHIND) {
      subscriber.onReady(this);
    }
  }

  /** A live one is offered the next batch; true when its client took it. */
  boolean offer(Batch batch) {
    if (cursor >= batch.lastSeq()) {
      return false;
    }
    Batch rest = cursor >= batch.firstSeq() ? tail(batch) : batch;
    boolean taken = subscriber.onBatch(this, rest);
    if (taken) {
      cursor = batch.lastSeq();
    } else if (state == State.LIVE) {
      fallBehind();
    }
    if (rest != batch) {
      rest.release();
    }
    return taken;
  }

  private Batch tail(Batch batch) {
    int skip = (int) (cursor - batch.firstSeq() + 1);
    return new Batch(batch.messages().subList(skip, batch.size()));
  }

  void fallBehind() {
    state = State.BEHIND;
    shard.oneMoreBehind();
    subscriber.onReady(this);
  }

  /**
   * The next messages of a subscription that is behind; {@link #taken} says that they were written.
   * The caller releases the batch. Null when it is live again, or waits for the store: {@link
   * Subscriber#onReady} follows then.
   */
  public @Nullable Batch step(int maxBytes) {
    if (state != State.BEHIND || reading) {
      return null;
    }
    if (conflate) {
      cursor = Math.max(cursor, shard.head() - 1);
    }
    if (cursor >= shard.head()) {
      state = State.LIVE;
      block = List.of();
      shard.oneLessBehind();
      return null;
    }
    long next = cursor + 1;
    if (!block.isEmpty() && block.getLast().seq() >= next) {
      return new Batch(nextOfBlock(maxBytes, (int) (next - block.getFirst().seq())));
    }
    block = List.of();
    if (shard.ring().has(next)) {
      return new Batch(shard.ring().from(next, maxBytes));
    }
    read(next);
    return null;
  }

  public void taken(Batch batch) {
    cursor = batch.lastSeq();
    batch.release();
  }

  public void notTaken(Batch batch) {
    batch.release();
  }

  /** Not past what the shard has been handed: behind that the epoch may be another one. */
  private List<EncodedMessage> nextOfBlock(int maxBytes, int first) {
    int end = first;
    for (int bytes = 0;
        end < block.size()
            && block.get(end).seq() <= shard.head()
            && (end == first || bytes < maxBytes);
        end++) {
      bytes += block.get(end).json().length;
    }
    return block.subList(first, end);
  }

  private void read(long next) {
    reading = true;
    later(
        shard.feed().replay().read(channel(), next),
        found -> {
          reading = false;
          took(next, found);
          subscriber.onReady(this);
        });
  }

  private void took(long next, Replay.Block found) {
    Epoch epoch = positionOfShard().epoch();
    if (!found.head().epoch().equals(epoch)) {
      shard.feed().doubt();
    }
    block = found.messages();
    long first = block.isEmpty() ? found.head().lastSeq() + 1 : block.getFirst().seq();
    if (first > next) {
      // What the shard has not been handed yet may still come by it.
      Position from = new Position(epoch, cursor);
      cursor = Math.min(first - 1, shard.head());
      block = cursor == first - 1 ? block : List.of();
      subscriber.onJump(
          this, from, new Position(from.epoch(), cursor), "retention", cursor - from.seq());
    }
  }

  /** The channel's run is broken for everyone. */
  void jump(Epoch ended, Position to, String reason) {
    if (state == State.ENDED || state == State.NEW) {
      return;
    }
    if (state == State.BEGINNING) {
      // What was read belongs to the past: begin anew, the resume tells what was lost.
      reads++;
      state = State.NEW;
      begin();
      return;
    }
    reads++;
    reading = false;
    block = List.of();
    if (state == State.BEHIND) {
      shard.oneLessBehind();
    }
    state = State.LIVE;
    Position from = new Position(ended, cursor);
    boolean known = !reason.equals(EpochEnd.EPOCH.wireName()) && to.seq() >= cursor;
    Long missed = known ? Long.valueOf(to.seq() - cursor) : null;
    cursor = to.seq();
    subscriber.onJump(this, from, to, reason, missed);
  }

  private Position positionOfShard() {
    Position at = shard.position();
    if (at == null) {
      throw new IllegalStateException("the shard has not started");
    }
    return at;
  }

  /** Goes on here, on the loop, when the store has answered; unless the answer is stale by then. */
  private <T> void later(CompletionStage<T> answer, Consumer<T> then) {
    int read = ++reads;
    answer.whenComplete(
        (value, failure) ->
            shard
                .loop()
                .executor()
                .execute(
                    () -> {
                      if (read != reads || state == State.ENDED) {
                        return;
                      }
                      if (failure == null) {
                        then.accept(value);
                        subscriber.flush();
                      } else {
                        failed(failure);
                      }
                    }));
  }

  private void failed(Throwable failure) {
    if (state == State.BEHIND) {
      shard.loop().executor().schedule(this::retry, STORE_RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    RefusedException refused = refusal(failure);
    end();
    subscriber.onFailed(this, refused);
    subscriber.flush();
  }

  private void retry() {
    if (state == State.BEHIND && reading) {
      reading = false;
      subscriber.onReady(this);
      subscriber.flush();
    }
  }

  /** The feed could not start. */
  void fail(Throwable failure) {
    if (state == State.NEW) {
      RefusedException refused = refusal(failure);
      end();
      subscriber.onFailed(this, refused);
      subscriber.flush();
    }
  }

  private static RefusedException refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof RefusedException refused
        ? refused
        : RefusedException.because(
            Refusal.INTERNAL, "the channel could not be read", STORE_RETRY_MILLIS, cause);
  }
}
