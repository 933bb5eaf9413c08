package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The epoch that a feed is in, and those it knows to have ended. Guarded by the feed's monitor. */
final class Epochs {
  private final Set<Epoch> ended = new LinkedHashSet<>();

  /** Null until the store has said where the channel is. */
  private @Nullable EpochStart now;

  void start(Head head) {
    head.epochs().forEach(one -> ended.add(one.epoch()));
    ended.remove(head.epoch());
    now = head.epochs().getLast();
  }

  /** The epoch it was in ends; the oldest one that a store would not name either is forgotten. */
  void begin(EpochStart next) {
    ended.add(current());
    if (ended.size() > Head.MAX_EPOCHS) {
      ended.remove(ended.iterator().next());
    }
    now = next;
  }

  boolean isStarted() {
    return now != null;
  }

  boolean isCurrent(Epoch epoch) {
    return now != null && now.epoch().equals(epoch);
  }

  boolean hasEnded(Epoch epoch) {
    return ended.contains(epoch);
  }

  Epoch current() {
    return started().epoch();
  }

  /** The first seq of the current one. */
  long firstSeq() {
    return started().firstSeq();
  }

  private EpochStart started() {
    if (now == null) {
      throw new IllegalStateException("the feed has not started");
    }
    return now;
  }
}
