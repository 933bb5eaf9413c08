package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.webhook.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction tells of one channel, in order and without a silent hole: what is missing
 * between two messages of one epoch is told as missed.
 */
final class Portion {
  private final ChannelId channel;
  private final @Nullable Head head;
  private final List<Event> events = new ArrayList<>();
  private @Nullable Position at;
  private long messages;
  private long missed;
  private boolean more;

  /**
   * @param at what was told last; null when what comes first begins it
   * @param head says where epochs begin; null when that is not known
   */
  Portion(ChannelId channel, @Nullable Position at, @Nullable Head head) {
    this.channel = channel;
    this.at = at;
    this.head = head;
  }

  void tell(Told one) {
    miss(one.epoch(), one.seq() - 1, one.message().timestamp());
    events.add(MessageEvents.of(channel, one.epoch(), one.message()));
    at = one.position();
    messages++;
  }

  /** Nothing more can be read before the channel's end. */
  void end(Position end, long millis) {
    if (at == null || !at.epoch().equals(end.epoch()) || at.seq() < end.seq()) {
      miss(end.epoch(), end.seq(), millis);
      at = end;
    }
  }

  private void miss(Epoch epoch, long to, long millis) {
    long from = expected(epoch);
    if (from > 0 && from <= to) {
      events.add(MessageEvents.missed(channel, epoch, from, to, millis));
      missed += to - from + 1;
    }
  }

  /** The seq that comes next in that epoch; 0 when nobody knows. */
  private long expected(Epoch epoch) {
    if (at == null) {
      return 0;
    }
    if (at.epoch().equals(epoch)) {
      return at.seq() + 1;
    }
    return head == null
        ? 0
        : head.epochs().stream()
            .filter(one -> one.epoch().equals(epoch))
            .mapToLong(EpochStart::firstSeq)
            .findFirst()
            .orElse(0);
  }

  /** There is more behind it, for another transaction. */
  void breakOff() {
    more = true;
  }

  List<Event> events() {
    return events;
  }

  @Nullable Position at() {
    return at;
  }

  long messages() {
    return messages;
  }

  long missed() {
    return missed;
  }

  boolean more() {
    return more;
  }
}
