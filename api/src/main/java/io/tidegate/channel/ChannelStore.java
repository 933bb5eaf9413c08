package io.tidegate.channel;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds a channel's past: the broker's window or the log. Calls may block and are made on
 * virtual threads. What {@link Retention} no longer allows is never returned, deleted yet or not.
 *
 * <p>Faults surface as {@code RefusedException} STORE_UNAVAILABLE or READ_TIMEOUT.
 */
public interface ChannelStore {
  /**
   * How long a store remembers that a channel was left: far more than a publish is on its way,
   * which is answered within 5 s, or waits for a node that was stopped for a while.
   */
  Duration FENCE = Duration.ofMinutes(2);

  /** What one who comes behind a move is refused with; his next try finds the channel. */
  static RefusedException left() {
    return RefusedException.retryAfter(
        Refusal.RULES_UNKNOWN, "the channel has moved to its new rules", 1_000);
  }

  /** Where the channel ends and how far back it goes; empty when the store does not know it. */
  Optional<Head> head(ChannelId channel, Retention keep);

  /**
   * The head, of a channel that begins here and now (seq 0) when the store does not know it: a
   * subscriber needs a position to come back to before the first message.
   */
  Head open(TenantId tenant, ChannelId channel, Retention keep);

  /** Up to {@code limit} messages with seq {@code >= from}, ascending. */
  List<Message> readForward(ChannelId channel, long from, int limit, Retention keep);

  /** Up to {@code limit} messages with seq {@code <= from}, descending. */
  List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep);

  /**
   * The seq of the first kept message with a timestamp {@code >= millis}; {@code lastSeq + 1} when
   * there is none. Timestamps never decrease along a channel's seqs.
   */
  long seqAt(ChannelId channel, long millis, Retention keep);

  /**
   * Ends the channel's epoch: messages and message ids are forgotten, and the next seq lies above
   * both the channel's own last one and {@code floorSeq}. Creates the channel when it is unknown.
   * Does not announce anything. One that is unknown because it was left is not created: refused
   * with RULES_UNKNOWN.
   */
  EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq);

  /**
   * The channel is about to leave the class: from now on, and for {@link #FENCE} at least, whoever
   * still takes it to be of that class neither publishes to it nor begins it here, but is refused
   * with RULES_UNKNOWN. What is here stays readable until it is forgotten or renewed.
   *
   * @return its last seq, 0 when it is unknown; none follows
   */
  long leave(TenantId tenant, ChannelId channel, Durability left);

  /**
   * The channel is about to begin as another class, here or elsewhere: one that is unknown leaves
   * this class as by {@link #leave}, so that whoever has not heard of new rules does not begin it
   * in it at the same time. One that is known stays as it is.
   *
   * @return whether the channel is not of that class here
   */
  boolean shun(TenantId tenant, ChannelId channel, Durability old);

  /**
   * The channel has come to the class, be it from another one here or from another store: as {@link
   * #renew}, and it is not left any more. Of several calls for one change the first does it, so
   * that a node that comes late erases nothing; all get the same answer.
   *
   * @param change the change of rules that brings it here
   */
  EpochStart arrive(TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq);

  /**
   * Ends {@code outrun}, unless it has ended already: a node was handed messages of that epoch that
   * are not here, so this is an older state of the store, which would give their seqs to others. A
   * log keeps what it has and may end the epochs of all its channels; a window is emptied. Does not
   * announce anything.
   */
  void supersede(TenantId tenant, ChannelId channel, Epoch outrun);

  /**
   * Forgets the channel, its counter included; a later publish begins a new epoch, unless the
   * channel was left.
   */
  void forget(ChannelId channel);

  /**
   * Channels of the app that the store has a position of, be they empty, that sort after {@code
   * after}, sorted by name.
   */
  default List<ChannelName> known(AppId app, String after, int limit) {
    return list(app, "", after, limit);
  }

  /** Channels of the app whose names begin so and sort after {@code after}, sorted by name. */
  List<ChannelName> list(AppId app, String prefix, String after, int limit);
}
