package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;

/**
 * Finds where a subscription begins: at the channel's head, where its client left off, or some way
 * back. Asks the store where that is needed.
 */
final class Beginning extends Stage {
  /** Longer than a feed takes to ask the store. */
  private static final long EPOCH_RETRY_MILLIS = 100;

  Beginning(Subscription subscription, Shard shard) {
    super(subscription, shard);
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
          later(
              shard.feed().replay().sharedHead(shard.channel()),
              found -> resume(since.position(), found));
        }
      }
      case Start.Rewind rewind ->
          later(
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
    if (found.lastSeq() < shard.head()) {
      // The store was read before the newest messages reached this shard, or has lost them: the
      // feed finds out, and says so with a jump.
      shard.feed().doubt();
      found = new Head(found.epochs(), found.firstSeq(), shard.head());
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
    after(EPOCH_RETRY_MILLIS, this::find);
    return false;
  }

  @Override
  void failed(Throwable failure) {
    subscription.refuse(failure);
  }
}
