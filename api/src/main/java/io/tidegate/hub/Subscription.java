package io.tidegate.hub;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * One client in one channel: a cursor. It is live (offered every batch), or behind (goes on by
 * {@link #step} when its client can be written to), or not begun yet. Belongs to its event loop.
 */
public final class Subscription {
  private final Shard shard;
  private final Subscriber subscriber;
  private final Start start;
  private final boolean conflate;

  /** Its place in the shard's array; the shard keeps it. */
  int index;

  private State state = State.NEW;

  /** The last seq its client was given, or passed over for it. */
  private long cursor;

  /** How it gets to be live; null when it is, or has not begun or has ended. */
  private @Nullable Stage stage;

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

  /** How many messages it is behind what its shard was handed; on its loop. */
  public long lag() {
    return position() == null ? 0 : Math.max(0, shard.head() - cursor);
  }

  public Subscriber subscriber() {
    return subscriber;
  }

  public boolean isLive() {
    return state == State.LIVE;
  }

  public boolean isBehind() {
    return state == State.BEHIND;
  }

  boolean isAt(Stage one) {
    return stage == one;
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
    leaveStage();
    state = State.ENDED;
    shard.remove(this);
    shard.feed().left(shard);
  }

  /** The shard knows the channel's position. */
  void begin() {
    if (state == State.NEW) {
      state = State.BEGINNING;
      Beginning beginning = new Beginning(this, shard);
      stage = beginning;
      beginning.find();
    }
  }

  void beginAt(long seq, Head.Resume.@Nullable Lost lost) {
    cursor = seq;
    state = State.LIVE;
    stage = null;
    if (cursor < shard.head()) {
      haveBacklog();
    }
    subscriber.onSubscribed(this, new Position(shard.current().epoch(), seq), lost);
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
    boolean taken;
    try {
      taken = subscriber.onBatch(this, rest);
    } finally {
      if (rest != batch) {
        rest.release();
      }
    }
    if (taken) {
      cursor = batch.lastSeq();
    } else if (state == State.LIVE) {
      fallBehind();
    }
    return taken;
  }

  private Batch tail(Batch batch) {
    int skip = (int) (cursor - batch.firstSeq() + 1);
    return new Batch(batch.messages().subList(skip, batch.size()));
  }

  void fallBehind() {
    haveBacklog();
    subscriber.onReady(this);
  }

  private void haveBacklog() {
    state = State.BEHIND;
    stage = new Backlog(this, shard);
    shard.oneMoreBehind();
  }

  private void leaveStage() {
    stage = null;
    if (state == State.BEHIND) {
      shard.oneLessBehind();
    }
  }

  /**
   * The next messages of a subscription that is behind; {@link #taken} says that they were written.
   * The caller releases the batch, which has {@code maxMessages} at most. Null when it is live
   * again, or waits for the store: {@link Subscriber#onReady} follows then.
   */
  public @Nullable Batch step(int maxBytes, int maxMessages) {
    if (!(stage instanceof Backlog backlog) || backlog.isWaiting()) {
      return null;
    }
    if (conflate) {
      cursor = Math.max(cursor, shard.head() - 1);
    }
    if (cursor >= shard.head()) {
      leaveStage();
      state = State.LIVE;
      return null;
    }
    Batch next = backlog.from(cursor + 1, maxBytes);
    return next == null || next.size() <= maxMessages
        ? next
        : new Batch(next.messages().subList(0, maxMessages));
  }

  public void taken(Batch batch) {
    cursor = batch.lastSeq();
    shard.feed().meter().delivered(batch.size(), batch.jsonBytes());
    batch.release();
  }

  /** What lies before is no longer kept. */
  void passOver(Position to) {
    Position from = new Position(to.epoch(), cursor);
    cursor = to.seq();
    subscriber.onJump(this, from, to, "retention", cursor - from.seq());
  }

  /** The channel's run is broken for everyone. */
  void jump(Epoch ended, Position to, String reason) {
    if (state == State.ENDED || state == State.NEW) {
      return;
    }
    if (state == State.BEGINNING) {
      // What was read belongs to the past: begin anew, the resume tells what was lost.
      state = State.NEW;
      begin();
      return;
    }
    leaveStage();
    state = State.LIVE;
    Position from = new Position(ended, cursor);
    boolean known = !reason.equals(EpochEnd.EPOCH.wireName()) && to.seq() >= cursor;
    Long missed = known ? Long.valueOf(to.seq() - cursor) : null;
    cursor = to.seq();
    subscriber.onJump(this, from, to, reason, missed);
  }

  /** The feed could not start. */
  void fail(Throwable failure) {
    if (state == State.NEW) {
      refuse(failure);
    }
  }

  void refuse(Throwable failure) {
    end();
    subscriber.onFailed(this, RefusedException.of(failure));
    subscriber.flush();
  }

  /** Takes a step of this subscription; a fault in it ends its client, and nobody else. */
  void safely(Runnable step) {
    try {
      step.run();
    } catch (Throwable fault) {
      fault(fault);
    }
  }

  /** What was to be delivered here may be lost, so this cannot go on. */
  void fault(Throwable fault) {
    Fault.of(subscriber, fault);
    end();
  }
}
