package io.tidegate.history;

import io.tidegate.breaker.Compartment;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads pages of a channel's history from whichever store holds it. */
@Singleton
final class HistoryReader {
  /** A page ends behind this much: 1,000 messages of 64 kB are not for one answer. */
  private static final long PAGE_BYTES = 4L << 20;

  private final Stores stores;
  private final Compartment scans;

  /**
   * @param scans what reads of durable channels share
   */
  HistoryReader(Stores stores, Compartment scans) {
    this.stores = stores;
    this.scans = scans;
  }

  /**
   * One page.
   *
   * @param head null when the channel was never used
   * @param next the seq the next page begins at, null at the end
   */
  record Page(@Nullable Head head, List<Message> messages, @Nullable Long next) {}

  /** Some messages from a seq on, in one direction. */
  private interface Read {
    List<Message> from(long seq, int limit);
  }

  Page read(ChannelId channel, HistoryQuery query) {
    Held held = stores.of(channel);
    return held.durability() == Durability.DURABLE
        ? scans.call(() -> read(held, query))
        : read(held, query);
  }

  private static Page read(Held held, HistoryQuery query) {
    Optional<Head> known = held.head();
    if (known.isEmpty()) {
      return new Page(null, List.of(), null);
    }
    Head head = known.get();
    Long start = query.start();
    Long end = query.end();
    long oldest = Math.max(head.firstSeq(), start == null ? 1 : held.seqAt(start));
    long newest = end == null ? head.lastSeq() : Math.min(head.lastSeq(), held.seqAt(end + 1) - 1);
    Long begin = query.begin();
    if (query.forward()) {
      long from = begin == null ? oldest : Math.max(oldest, begin);
      int limit = (int) Math.clamp(newest - from + 1, 0, query.limit());
      List<Message> messages = page(held, from, limit, 1, held::readForward);
      messages.removeIf(one -> one.seq() > newest);
      boolean more = !messages.isEmpty() && messages.getLast().seq() < newest;
      return new Page(head, messages, more ? messages.getLast().seq() + 1 : null);
    }
    long from = begin == null ? newest : Math.min(newest, begin);
    int limit = (int) Math.clamp(from - oldest + 1, 0, query.limit());
    List<Message> messages = page(held, from, limit, -1, held::readBackward);
    messages.removeIf(one -> one.seq() < oldest);
    boolean more = !messages.isEmpty() && messages.getLast().seq() > oldest;
    return new Page(head, messages, more ? messages.getLast().seq() - 1 : null);
  }

  /** Reads in portions, so that large messages end the page before it has become too large. */
  private static List<Message> page(Held held, long from, int limit, int step, Read read) {
    List<Message> page = new ArrayList<>();
    long bytes = 0;
    long next = from;
    long average = held.rules().maxMessageBytes();
    while (page.size() < limit && bytes < PAGE_BYTES) {
      long portion = Math.max(1, (PAGE_BYTES - bytes) / Math.max(1, average));
      List<Message> more = read.from(next, (int) Math.min(portion, limit - page.size()));
      if (more.isEmpty()) {
        break;
      }
      page.addAll(more);
      bytes += more.stream().mapToLong(Message::weight).sum();
      average = bytes / page.size();
      next = more.getLast().seq() + step;
    }
    return page;
  }
}
