package io.tidegate.hook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one hook on this node of late, for those who run the app. Guarded by its
 * monitor.
 */
public final class HookLog {
  /** A hook that goes wrong says the same again and again. */
  static final int KEPT = 50;

  private final Map<HookOutcome, Long> counts = new EnumMap<>(HookOutcome.class);
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  /**
   * One that was not simply allowed.
   *
   * @param about the channel, or the client that connects; null for one without a name
   * @param detail the reason of a refusal, why there was no answer, else null
   */
  public record Entry(
      Instant at,
      HookOutcome outcome,
      long tookMillis,
      @Nullable String about,
      @Nullable String detail) {}

  /** What is known: how often each outcome came, and the last entries, the newest first. */
  public record View(Map<HookOutcome, Long> counts, List<Entry> entries) {
    static final View EMPTY = new View(Map.of(), List.of());
  }

  synchronized void count(HookOutcome outcome) {
    counts.merge(outcome, 1L, Long::sum);
  }

  synchronized void add(Entry entry) {
    count(entry.outcome());
    if (entry.outcome() != HookOutcome.ALLOW) {
      entries.addFirst(entry);
      if (entries.size() > KEPT) {
        entries.removeLast();
      }
    }
  }

  synchronized View view() {
    return new View(Map.copyOf(counts), new ArrayList<>(entries));
  }
}
