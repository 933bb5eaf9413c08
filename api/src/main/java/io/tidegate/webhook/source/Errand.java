package io.tidegate.webhook.source;

import io.tidegate.channel.Position;
import io.tidegate.store.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All that is to be told of one channel in one transaction. */
final class Errand {
  private final TreeMap<Long, Told> hand = new TreeMap<>();
  private final List<Position> through = new ArrayList<>();
  private Held held;
  private boolean open;

  Errand(Held held) {
    this.held = held;
  }

  void add(Waiting one) {
    held = one.held();
    one.fresh().forEach(told -> hand.put(told.seq(), told));
    Position to = one.through();
    if (to == null) {
      open = true;
    } else if (one.fresh().isEmpty()) {
      through.add(to);
    }
  }

  Held held() {
    return held;
  }

  /** What is at hand and has not been told; in seq order. */
  List<Told> hand(Cursor cursor) {
    return hand.values().stream().filter(one -> !cursor.covers(one.position())).toList();
  }

  /** Whether no more than what is at hand is wanted, as far as is known. */
  boolean isClosed(Cursor cursor) {
    return !open && through.stream().allMatch(to -> cursor.covers(to) || isAtHand(to));
  }

  private boolean isAtHand(Position to) {
    Told found = hand.get(to.seq());
    return found != null && found.epoch().equals(to.epoch());
  }

  /** Whether these stand right behind the cursor, and one behind the other. */
  static boolean follow(Cursor cursor, List<Told> run) {
    Told first = run.getFirst();
    Position at = cursor.at();
    boolean joins =
        at == null
            ? first.seq() == 1
            : at.epoch().equals(first.epoch()) && first.seq() == at.seq() + 1;
    return joins
        && run.getLast().seq() - first.seq() == run.size() - 1
        && run.stream().allMatch(one -> one.epoch().equals(first.epoch()));
  }
}
