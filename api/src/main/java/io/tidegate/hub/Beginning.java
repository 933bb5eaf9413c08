package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;

/**
 * Finds where a subscription begins: at the channel's head, where its client left off, or some way
 * back. Asks the store where that is needed; on the subscription's event loop.
 */
final class Beginning {
  /** Longer than a feed takes to ask the store. */
  private static final long EPOCH_RETRY_MILLIS = 100;

  private final Subscription subscription;
  private final Shard shard;

  Beginning(Subscription subscription, Shard shard) {
    this.subscription = subscription;
    this.shard = shard;
  }

  /** Calls {@link Subscription#beginAt} now or later. */
  void find() {
    Position head = shard.current();
    switch (subscription.start()) {
      case Start.Live live -> subscription.beginAt(head.seq(), null);
      case Start.Since since -> {
        if (since.position().equals(head)) {
          subscription.beginAt(head.seq(), null);
        } else {
          subscription.later(
              shard.feed().replay().sharedHead(shard.channel()),
              found -> resume(since.position(), found));
        }
      }
      case Start.Rewind rewind ->
          subscription.later(
              shard.feed().replay().rewind(shard.channel(), rewind.messages(), rewind.seconds()),
              this::rewound);
    }
  }

  private void rewound(Position found) {
    if (isOfThisEpoch(found.epoch())) {
      subscription.beginAt(found.seq(), null);
    }
  }

  private void resume(Position since, Head found) {
    if (!isOfThisEpoch(found.epoch())) {
      return;
    }
    if (since.epoch().equals(shard.current().epoch()) && since.seq() > found.lastSeq()) {
      // The store was read before the newest messages reached this shard.
      long known = Math.max(found.lastSeq(), shard.head());
      found = new Head(found.epochs(), found.firstSeq(), known);
    }
    Head.Resume resume = found.resume(since);
    subscription.beginAt(resume.seq(), resume.lost());
  }

  /**
   * False when the store is in another epoch than the shard: it begins anew when the shard has
   * heard of that, or found out that the answer was old.
   */
  private boolean isOfThisEpoch(Epoch found) {
    if (found.equals(shard.current().epoch())) {
      return true;
    }
    shard.feed().doubt();
    subscription.beginAgain(EPOCH_RETRY_MILLIS);
    return false;
  }
}
