package io.tidegate.webhook.standing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds, or held a moment ago: as it is, and as it was written. Belongs to the
 * flush's thread.
 */
final class Holdings {
  /** More than clients of one node have; beyond it what is new waits until something goes. */
  static final int MAX = 250_000;

  private final Map<Fact, Entry> entries = new HashMap<>();

  /** Those that are others than what was written. */
  private final Set<Fact> unwritten = new LinkedHashSet<>();

  /** Those who leave unless they come back; an entry that was overtaken is found out when due. */
  private final PriorityQueue<Leave> leaving =
      new PriorityQueue<>((one, other) -> Long.signum(one.atNanos() - other.atNanos()));

  private static final class Entry {
    private Holding holding;

    /** Null: nobody else knows that it is held here. */
    private @Nullable Holding written;

    /** Null while it stays. */
    private @Nullable Leave leave;

    Entry(Holding holding) {
      this.holding = holding;
    }
  }

  private record Leave(Fact fact, long atNanos) {}

  int size() {
    return entries.size();
  }

  int waiting() {
    return unwritten.size();
  }

  boolean isFull() {
    return entries.size() >= MAX;
  }

  /** Enough for what did not find any to be looked for. */
  boolean hasMuchRoom() {
    return entries.size() < MAX - MAX / 10;
  }

  boolean has(Fact fact) {
    return entries.containsKey(fact);
  }

  List<Fact> facts() {
    return List.copyOf(entries.keySet());
  }

  /** It is here. */
  void hold(Fact fact, Holding holding) {
    Entry entry = entries.get(fact);
    if (entry == null) {
      entry = new Entry(holding);
      entries.put(fact, entry);
    }
    entry.holding = holding;
    entry.leave = null;
    if (!holding.equals(entry.written)) {
      unwritten.add(fact);
    }
  }

  /** It is gone, and held until then; one that is not held is not now. */
  void leave(Fact fact, long atNanos) {
    Entry entry = entries.get(fact);
    if (entry != null) {
      entry.leave = new Leave(fact, atNanos);
      leaving.add(entry.leave);
    }
  }

  boolean isLeaving(Fact fact) {
    Entry entry = entries.get(fact);
    return entry != null && entry.leave != null;
  }

  /** Some of what is to be written, in the order of facts. */
  List<Fact> unwritten(int most) {
    return unwritten.stream().limit(most).sorted().toList();
  }

  Holding holding(Fact fact) {
    Entry entry = entries.get(fact);
    if (entry == null) {
      throw new IllegalStateException("not held");
    }
    return entry.holding;
  }

  /** Everybody knows that it is held here. */
  void written(Fact fact, Holding holding) {
    Entry entry = entries.get(fact);
    if (entry != null) {
      entry.written = holding;
      if (entry.holding.equals(holding)) {
        unwritten.remove(fact);
      }
    }
  }

  /** Those whose time is over. One that nobody knows of yet is told of first, and due later. */
  List<Fact> due(long nowNanos) {
    List<Fact> due = new ArrayList<>();
    List<Leave> later = new ArrayList<>();
    while (!leaving.isEmpty() && leaving.element().atNanos() - nowNanos <= 0) {
      Leave next = leaving.remove();
      Entry entry = entries.get(next.fact());
      if (entry == null || entry.leave != next) {
        continue;
      }
      if (unwritten.contains(next.fact())) {
        later.add(next);
      } else {
        due.add(next.fact());
      }
    }
    leaving.addAll(later);
    return due;
  }

  /** Its end is known, or is none that anybody is told of. */
  void remove(Fact fact) {
    entries.remove(fact);
    unwritten.remove(fact);
  }

  /**
   * What was written is taken out by others, or was: what is here is to be written again. What was
   * leaving goes by that.
   */
  void forgetWritten() {
    for (Fact fact : facts()) {
      Entry entry = entries.get(fact);
      if (entry == null || entry.written == null) {
        continue;
      }
      if (entry.leave != null) {
        remove(fact);
      } else {
        entry.written = null;
        unwritten.add(fact);
      }
    }
  }

  /** Those who leave, and when. */
  void leaving(BiConsumer<Fact, Long> visitor) {
    entries.forEach(
        (fact, entry) -> {
          if (entry.leave != null) {
            visitor.accept(fact, entry.leave.atNanos());
          }
        });
  }
}
