package io.tidegate.hub;

import io.tidegate.frame.EncodedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has come for a shard in this turn, cut into runs that are a batch each. On its loop. */
final class Staged {
  /** A batch is shared bytes written at once: with it a client's unsent bytes are bounded. */
  static final int MAX_BATCH_BYTES = 64 << 10;

  private List<EncodedMessage> messages = new ArrayList<>(0);
  private int next;

  /** True when these are the first. */
  boolean add(List<EncodedMessage> more) {
    boolean first = messages.isEmpty();
    messages.addAll(more);
    return first;
  }

  /** The next run: gapless, and within the bound unless it is one message; null at the end. */
  @Nullable List<EncodedMessage> poll() {
    int from = next;
    if (from == messages.size()) {
      if (from > 0) {
        clear();
      }
      return null;
    }
    int bytes = messages.get(from).json().length;
    int end = from + 1;
    while (end < messages.size()
        && messages.get(end).seq() == messages.get(end - 1).seq() + 1
        && bytes + messages.get(end).json().length <= MAX_BATCH_BYTES) {
      bytes += messages.get(end++).json().length;
    }
    next = end;
    return messages.subList(from, end);
  }

  void clear() {
    messages = new ArrayList<>(0);
    next = 0;
  }
}
