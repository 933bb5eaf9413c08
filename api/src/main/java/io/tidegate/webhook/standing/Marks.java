package io.tidegate.webhook.standing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What may have changed since it was last taken. Any thread. */
final class Marks {
  /** As much as a node's clients do in a second at most; beyond it everything is looked at. */
  static final int MAX = 100_000;

  /**
   * What was told of one fact.
   *
   * @param came null: it was not told that it came
   * @param grace null: it was not told that it left
   */
  record Mark(@Nullable Holding came, @Nullable Duration grace) {
    static final Mark LOOK = new Mark(null, null);

    Mark and(Mark later) {
      return new Mark(
          later.came == null ? came : later.came, later.grace == null ? grace : later.grace);
    }
  }

  private final ConcurrentHashMap<Fact, Mark> marks = new ConcurrentHashMap<>();
  private volatile boolean overflowed;

  void add(Fact fact, Mark mark) {
    if (marks.size() >= MAX) {
      overflowed = true;
    } else {
      marks.merge(fact, mark, Mark::and);
    }
  }

  /** Whether something was told that is not among them; once. */
  boolean takeOverflow() {
    boolean was = overflowed;
    overflowed = false;
    return was;
  }

  Map<Fact, Mark> take() {
    Map<Fact, Mark> taken = new HashMap<>();
    for (Fact fact : marks.keySet()) {
      Mark mark = marks.remove(fact);
      if (mark != null) {
        taken.put(fact, mark);
      }
    }
    return taken;
  }
}
