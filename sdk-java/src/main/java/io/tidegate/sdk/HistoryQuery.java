package io.tidegate.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a channel.
 *
 * @param forward oldest first
 * @param from a seq, included: the first one to come
 * @param start oldest time, included
 * @param end newest time, included
 * @param pageSize 1 to 1,000
 */
public record HistoryQuery(
    boolean forward,
    @Nullable Long from,
    @Nullable Instant start,
    @Nullable Instant end,
    int pageSize) {
  public HistoryQuery {
    if (pageSize < 1 || pageSize > 1_000) {
      throw new IllegalArgumentException("a page has 1 to 1,000 messages, not " + pageSize);
    }
  }

  /** From the newest message back. */
  public static HistoryQuery newestFirst() {
    return new HistoryQuery(false, null, null, null, 100);
  }

  /** From the oldest message on. */
  public static HistoryQuery oldestFirst() {
    return new HistoryQuery(true, null, null, null, 100);
  }

  /** The same, beginning at this seq. */
  public HistoryQuery from(long seq) {
    return new HistoryQuery(forward, seq, start, end, pageSize);
  }

  /** The same, without anything older. */
  public HistoryQuery start(Instant oldest) {
    return new HistoryQuery(forward, from, oldest, end, pageSize);
  }

  /** The same, without anything newer. */
  public HistoryQuery end(Instant newest) {
    return new HistoryQuery(forward, from, start, newest, pageSize);
  }

  /** The same in pages of so many. */
  public HistoryQuery pageSize(int messages) {
    return new HistoryQuery(forward, from, start, end, messages);
  }
}
