package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.store.Replay;
import io.tidegate.trace.UnitTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be handed on of one channel, and when: every message once and in order, and no message
 * of another epoch before the jump into it. Knows neither threads nor time: what it cannot decide
 * is asked of the store ({@link #ask}, {@link #answer}) when its feed sees fit. Guarded by the
 * feed's monitor.
 */
final class Order {
  private final Out out;
  private final Holes holes = new Holes();
  private final Epochs epochs = new Epochs();
  private long last;

  /** The message handed on as {@link #last}; both null when that was a jump, or the start. */
  private @Nullable String lastId;

  private long lastMillis;

  /** The store has to say what follows {@link #last}, or which epoch it is. */
  private boolean doubtful;

  /** The store has messages up to here, by what its trail says; 0 when it says nothing new. */
  private long known;

  /** How often there was a doubt: an answer settles those before its question. */
  private int doubts;

  /** The store seems to give seqs anew: nothing is handed on until it has been asked. */
  private boolean suspect;

  /** An epoch announced before the store had said where the channel is. */
  private @Nullable Announced announced;

  private record Announced(EpochStart next, EpochEnd reason) {}

  /** Where it goes, in this order. */
  interface Out {
    void deliver(Epoch epoch, List<Message> messages, @Nullable UnitTrace trace);

    void jump(Position to, String reason);
  }

  /**
   * What the store is asked.
   *
   * @param at where the order stood then
   * @param doubts how many had been raised
   * @param lastId what the store has to have at {@code at}; null when that is beyond question
   */
  record Ask(Position at, int doubts, @Nullable String lastId) {
    /** The first seq to read. */
    long from() {
      return lastId == null ? at.seq() + 1 : Math.max(1, at.seq());
    }
  }

  /** What is to be done after an answer. */
  enum Next {
    /** Nothing, or what {@link #isInNeed} says. */
    REST,
    /** The store has more: ask again at once. */
    ASK,
    /**
     * The store is an older state of itself: what was handed on is not in it, and it gives those
     * seqs to other messages. It has to begin a new epoch before the order can go on.
     */
    SUPERSEDE
  }

  Order(Out out) {
    this.out = out;
  }

  /** Null until it has started. */
  @Nullable Position position() {
    return epochs.isStarted() ? new Position(epochs.current(), last) : null;
  }

  void start(Head head) {
    epochs.start(head);
    last = head.lastSeq();
  }

  /** Once whoever waits for the start has been told: goes on with what came before it. */
  void started() {
    Announced earlier = announced;
    announced = null;
    if (earlier != null) {
      onEpoch(earlier.next(), earlier.reason());
    }
    goOn();
  }

  /** A trace is told of messages that come in order; who was held is not a trace's first write. */
  void onMessages(Epoch from, List<Message> messages, @Nullable UnitTrace trace) {
    Message first = messages.getFirst();
    long newest = messages.getLast().seq();
    boolean current = epochs.isCurrent(from);
    if (current && first.seq() == last + 1 && !suspect) {
      next(from, messages, newest, trace);
      return;
    }
    if (epochs.hasEnded(from)) {
      if (newest > last) {
        raiseDoubt();
      }
      return;
    }
    if (current && first.seq() <= last && first.timestamp() > lastMillis) {
      // Timestamps never decrease along a channel's seqs.
      raiseDoubt();
      suspect |= lastId != null;
    }
    if (current && newest <= last) {
      return;
    }
    if (!holes.hold(from, messages)) {
      raiseDoubt();
    }
    goOn();
  }

  private void next(Epoch from, List<Message> messages, long newest, @Nullable UnitTrace trace) {
    if (holes.isEmpty()) {
      deliver(messages, trace);
    } else if (holes.hasOther(from, newest)) {
      // Another epoch has these seqs too: the store says which of them is the channel's.
      raiseDoubt();
    } else {
      deliver(messages, trace);
      goOn();
    }
  }

  void onEpoch(EpochStart next, EpochEnd reason) {
    if (!epochs.isStarted()) {
      announced = new Announced(next, reason);
      return;
    }
    if (epochs.isCurrent(next.epoch()) || epochs.hasEnded(next.epoch())) {
      return;
    }
    if (next.firstSeq() > epochs.firstSeq() && next.firstSeq() > last) {
      jump(next, reason);
    } else {
      // Seq goes on across epochs: this one is not the newest, or the store lost some.
      raiseDoubt();
    }
    goOn();
  }

  /** The store's trail has come to there; true when this order has not. */
  boolean seen(Position at) {
    if (!epochs.isStarted()) {
      // The answer that it waits for may be older.
      raiseDoubt();
    } else if (epochs.isCurrent(at.epoch())) {
      known = Math.max(known, at.seq());
    } else if (!epochs.hasEnded(at.epoch())) {
      raiseDoubt();
    }
    return doubtful || known > last;
  }

  /**
   * The store has been asked where the channel is; null when it does not know it. True when this
   * order is somewhere else.
   */
  boolean compare(@Nullable Position at) {
    boolean elsewhere = !epochs.isStarted() || !new Position(epochs.current(), last).equals(at);
    if (elsewhere) {
      raiseDoubt();
    }
    return elsewhere;
  }

  /** Somebody read something in the store that does not fit. */
  void doubt() {
    raiseDoubt();
  }

  private void raiseDoubt() {
    doubtful = true;
    doubts++;
  }

  /** Whether the store has to be asked, unless what is missing comes by itself. */
  boolean isInNeed() {
    return epochs.isStarted() && (doubtful || known > last || !holes.isEmpty());
  }

  Ask ask() {
    doubtful = false;
    known = 0;
    return new Ask(new Position(epochs.current(), last), doubts, suspect ? lastId : null);
  }

  /** Takes over what the store has, read anew after {@code asked}. */
  Next answer(Ask asked, Replay.Block found) {
    Head head = found.head();
    boolean jumpedSince = !epochs.isCurrent(asked.at().epoch());
    if (!epochs.isCurrent(head.epoch())) {
      if (jumpedSince) {
        // The answer may be from before that.
        doubtful = true;
        return Next.ASK;
      }
      return epochs.hasEnded(head.epoch()) ? outrun() : follow(asked, head);
    }
    if (!jumpedSince && isOlder(asked, found)) {
      return outrun();
    }
    suspect = false;
    fill(found);
    return settle(asked, head);
  }

  private Next outrun() {
    suspect = true;
    doubtful = true;
    return Next.SUPERSEDE;
  }

  /** Into an epoch that was not announced; what was read lies where the last one was. */
  private Next follow(Ask asked, Head head) {
    holes.keepOnly(head.epoch());
    jump(head.epochs().getLast(), EpochEnd.EPOCH);
    return settle(asked, head);
  }

  private Next settle(Ask asked, Head head) {
    goOn();
    doubtful = head.lastSeq() > last || doubts != asked.doubts();
    return doubtful ? Next.ASK : Next.REST;
  }

  private static boolean isOlder(Ask asked, Replay.Block found) {
    if (found.head().lastSeq() < asked.at().seq()) {
      return true;
    }
    if (asked.lastId() == null || found.messages().isEmpty()) {
      return false;
    }
    Message there = found.messages().getFirst().message();
    return there.seq() == asked.at().seq() && !there.id().equals(asked.lastId());
  }

  private void fill(Replay.Block found) {
    Head head = found.head();
    holes.keepOnly(head.epoch());
    List<Message> missing =
        found.messages().stream()
            .map(EncodedMessage::message)
            .filter(message -> message.seq() > last)
            .toList();
    long kept = found.messages().isEmpty() ? head.lastSeq() + 1 : last + 1;
    long first = missing.isEmpty() ? kept : missing.getFirst().seq();
    first = Math.min(first, holes.firstSeq(head.epoch()));
    if (first > last + 1) {
      jump(first - 1, "loss");
    }
    if (!missing.isEmpty() && missing.getFirst().seq() == last + 1) {
      deliver(missing, null);
    }
  }

  /** Hands on what is held and follows. */
  private void goOn() {
    if (!epochs.isStarted() || suspect) {
      return;
    }
    List<Message> following = holes.take(epochs.current(), last);
    if (!following.isEmpty()) {
      deliver(following, null);
    }
  }

  private void deliver(List<Message> messages, @Nullable UnitTrace trace) {
    Message newest = messages.getLast();
    last = newest.seq();
    lastId = newest.id();
    lastMillis = newest.timestamp();
    out.deliver(epochs.current(), messages, trace);
  }

  private void jump(EpochStart next, EpochEnd reason) {
    holes.forget(epochs.current());
    epochs.begin(next);
    suspect = false;
    known = 0;
    jump(next.firstSeq() - 1, reason.wireName());
  }

  private void jump(long to, String reason) {
    last = to;
    lastId = null;
    lastMillis = 0;
    out.jump(new Position(epochs.current(), to), reason);
  }
}
