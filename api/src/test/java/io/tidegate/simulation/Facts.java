package io.tidegate.simulation;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was promised to anybody, and every promise that was found broken. */
final class Facts {
  private final Map<Position, String> contents = new HashMap<>();
  private final Map<Position, String> acknowledged = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  void broken(String promise) {
    broken.add(promise);
  }

  List<String> broken() {
    return broken;
  }

  /** Somebody was shown this message. */
  void shown(Epoch epoch, long seq, String id) {
    String before = contents.putIfAbsent(new Position(epoch, seq), id);
    if (before != null && !before.equals(id)) {
      broken("two contents: " + epoch + " " + seq + " is " + before + " and " + id);
    }
  }

  /** A publisher was told that its messages are kept. */
  void acknowledged(Published published) {
    for (Message message : published.fresh()) {
      shown(published.epoch(), message.seq(), message.id());
      acknowledged.put(new Position(published.epoch(), message.seq()), message.id());
    }
  }

  /** The store has lost, by what it announces, what lies behind that seq. */
  void lostBehind(long seq) {
    acknowledged.keySet().removeIf(position -> position.seq() > seq);
  }

  /** Holds what the store has now against what was acknowledged. */
  void checkKept(SimStore store, Retention keep) {
    if (!store.isKnown() || keep.messages() == 0) {
      return;
    }
    Map<Long, String> kept = new HashMap<>();
    for (Message message : store.readForward(Simulation.CHANNEL, 1, Integer.MAX_VALUE, keep)) {
      kept.put(message.seq(), message.id());
    }
    long first = store.head(Simulation.CHANNEL, keep).orElseThrow().firstSeq();
    acknowledged.forEach(
        (position, id) -> {
          if (position.seq() >= first && !id.equals(kept.get(position.seq()))) {
            broken("lost: " + id + " was acknowledged at " + position);
          }
        });
  }
}
