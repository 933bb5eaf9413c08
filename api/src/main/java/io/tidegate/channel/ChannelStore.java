package io.tidegate.channel;

import java.util.List;
import java.util.Optional;

/**
 * What holds a channel's past: the broker's window or the log. Calls may block and are made on
 * virtual threads. What {@link Retention} no longer allows is never returned, deleted yet or not.
 *
 * <p>Faults surface as {@code RefusedException} STORE_UNAVAILABLE or READ_TIMEOUT.
 */
public interface ChannelStore {
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
   * Does not announce anything.
   */
  EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq);

  /**
   * Ends {@code outrun}, unless it has ended already: a node was handed messages of that epoch that
   * are not here, so this is an older state of the store, which would give their seqs to others. A
   * log keeps what it has and may end the epochs of all its channels; a window is emptied. Does not
   * announce anything.
   */
  void supersede(TenantId tenant, ChannelId channel, Epoch outrun);

  /** Forgets the channel, its counter included; a later publish begins a new epoch. */
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
