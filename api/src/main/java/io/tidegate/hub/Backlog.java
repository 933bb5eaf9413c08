package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.store.Replay;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription that is behind goes on with: its shard's ring, and past that blocks of the
 * store. There is one only while it is behind; on its event loop.
 */
final class Backlog {
  private static final long RETRY_MILLIS = 1_000;

  private final Subscription subscription;
  private final Shard shard;

  /** Messages read from the store and not yet written; shared with everyone who reads there. */
  private List<EncodedMessage> block = List.of();

  private boolean reading;

  Backlog(Subscription subscription, Shard shard) {
    this.subscription = subscription;
    this.shard = shard;
  }

  /** The store is being asked. */
  boolean isWaiting() {
    return reading;
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
    read(seq);
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

  private void read(long next) {
    reading = true;
    subscription.later(
        shard.feed().replay().read(shard.channel(), next),
        found -> {
          reading = false;
          took(next, found);
          subscription.ready();
        });
  }

  private void took(long next, Replay.Block found) {
    Epoch epoch = shard.current().epoch();
    if (!found.head().epoch().equals(epoch)) {
      shard.feed().doubt();
    }
    block = found.messages();
    long first = block.isEmpty() ? found.head().lastSeq() + 1 : block.getFirst().seq();
    if (first > next) {
      // What the shard has not been handed yet may still come by it.
      long to = Math.min(first - 1, shard.head());
      block = to == first - 1 ? block : List.of();
      subscription.passOver(new Position(epoch, to));
    }
  }

  /** The store could not be read: asks again after a while. */
  void failed() {
    shard.loop().executor().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void retry() {
    if (subscription.isBehindWith(this) && reading) {
      reading = false;
      subscription.ready();
      subscription.subscriber().flush();
    }
  }
}
