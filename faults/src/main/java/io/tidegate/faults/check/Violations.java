package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Those found so far; all are counted, some are kept. */
public final class Violations {
  /** Of each kind: a broken run has thousands. */
  private static final int KEPT = 5;

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<Violation> kept = new ArrayList<>();

  /** One more. */
  public void add(Kind kind, String what) {
    if (counts.merge(kind, 1, Integer::sum) <= KEPT) {
      kept.add(new Violation(kind, what));
    }
  }

  /** How many of each kind. */
  public Map<Kind, Integer> counts() {
    return counts;
  }

  /** The first of each kind. */
  public List<Violation> kept() {
    return kept;
  }

  /** Whether all is well. */
  public boolean isEmpty() {
    return kept.isEmpty();
  }
}
