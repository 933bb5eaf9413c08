package io.tidegate.history;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads pages of a channel's history from whichever store holds it. */
@Singleton
final class HistoryReader {
  private final Stores stores;

  HistoryReader(Stores stores) {
    this.stores = stores;
  }

  /**
   * One page.
   *
   * @param head null when the channel was never used
   * @param next the seq the next page begins at, null at the end
   */
  record Page(@Nullable Head head, List<Message> messages, @Nullable Long next) {}

  Page read(ChannelId channel, HistoryQuery query) {
    Held held = stores.of(channel);
    Optional<Head> known = held.head();
    if (known.isEmpty()) {
      return new Page(null, List.of(), null);
    }
    Head head = known.get();
    long oldest = Math.max(head.firstSeq(), query.start() == null ? 1 : held.seqAt(query.start()));
    long newest =
        query.end() == null
            ? head.lastSeq()
            : Math.min(head.lastSeq(), held.seqAt(query.end() + 1) - 1);
    return query.forward()
        ? forward(held, head, query, oldest, newest)
        : backward(held, head, query, oldest, newest);
  }

  private static Page forward(Held held, Head head, HistoryQuery query, long oldest, long newest) {
    long from = query.from() == null ? oldest : Math.max(oldest, query.from());
    if (from > newest) {
      return new Page(head, List.of(), null);
    }
    int limit = (int) Math.min(query.limit(), newest - from + 1);
    List<Message> messages =
        held.readForward(from, limit).stream().filter(one -> one.seq() <= newest).toList();
    boolean more = !messages.isEmpty() && messages.getLast().seq() < newest;
    return new Page(head, messages, more ? messages.getLast().seq() + 1 : null);
  }

  private static Page backward(Held held, Head head, HistoryQuery query, long oldest, long newest) {
    long from = query.from() == null ? newest : Math.min(newest, query.from());
    if (from < oldest) {
      return new Page(head, List.of(), null);
    }
    int limit = (int) Math.min(query.limit(), from - oldest + 1);
    List<Message> messages =
        held.readBackward(from, limit).stream().filter(one -> one.seq() >= oldest).toList();
    boolean more = !messages.isEmpty() && messages.getLast().seq() > oldest;
    return new Page(head, messages, more ? messages.getLast().seq() - 1 : null);
  }
}
