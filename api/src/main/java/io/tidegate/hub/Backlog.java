package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.store.Replay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription that is behind goes on with: its shard's ring, and past that blocks of the
 * store. There is one only while it is behind.
 */
final class Backlog extends Stage {
  private static final long RETRY_MILLIS = 1_000;

  /** Longer than a commit takes to be seen, shorter than anybody notices. */
  private static final long EMPTY_RETRY_MILLIS = 20;

  /** Messages read from the store and not yet written; shared with everyone who reads there. */
  private List<EncodedMessage> block = List.of();

  private boolean waiting;

  Backlog(Subscription subscription, Shard shard) {
    super(subscription, shard);
  }

  /** The store is being asked. */
  boolean isWaiting() {
    return waiting;
  }

  /** Messages from {@code seq} on; null when the store has to be asked for them first. */
  @Nullable Batch from(long seq, int maxBytes) {
    if (!block.isEmpty() && block.getLast().seq() >= seq) {
      return new Batch(ofBlock(maxBytes, (int) (seq - block.getFirst().seq())));
    }
    block = List.of();
    if (shard.ring().has(seq)) {
      return new Batch(shard.ring().from(seq, maxBytes));
    }
    waiting = true;
    later(
        shard.feed().replay().read(shard.channel(), seq, shard.head()), found -> took(seq, found));
    return null;
  }

  /** Not past what the shard has been handed: behind that the epoch may be another one. */
  private List<EncodedMessage> ofBlock(int maxBytes, int first) {
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

  private void took(long next, Replay.Block found) {
    Epoch epoch = shard.current().epoch();
    long first =
        found.messages().isEmpty() ? found.head().lastSeq() + 1 : found.messages().getFirst().seq();
    boolean none = found.messages().isEmpty() && first <= next;
    if (none || !found.head().epoch().equals(epoch)) {
      // Read before what the shard has been handed, or no longer the run that its client is in:
      // nothing of it may be passed on before the feed has found out and, if so, jumped.
      shard.feed().doubt();
      after(EMPTY_RETRY_MILLIS, this::ready);
      return;
    }
    block = found.messages();
    if (first > next) {
      // What the shard has not been handed yet may still come by it.
      long to = Math.min(first - 1, shard.head());
      block = to == first - 1 ? block : List.of();
      subscription.passOver(new Position(epoch, to));
    }
    ready();
  }

  private void ready() {
    waiting = false;
    subscription.subscriber().onReady(subscription);
  }

  /** Asks again after a while. */
  @Override
  void failed(Throwable failure) {
    after(RETRY_MILLIS, this::ready);
  }
}
