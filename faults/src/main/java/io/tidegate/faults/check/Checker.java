package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import java.util.List;

/** Holds what the clients of one run recorded against what they were promised. */
public final class Checker {
  private final Violations violations = new Violations();
  private final Contents contents = new Contents(violations);
  private final Runs runs;
  private final Publishes publishes;
  private final Presences presences;
  private final Drift drift;

  private Checker(Allowed allowed, Tolerance tolerance) {
    this.runs = new Runs(violations, allowed, contents);
    this.publishes = new Publishes(violations, allowed, contents);
    this.presences = new Presences(violations, allowed);
    this.drift = new Drift(violations, allowed, tolerance);
  }

  /**
   * What came of a run.
   *
   * @param jumps that were announced
   * @param ofRate what a limited tenant was let in while all was calm, of what it was due; NaN: was
   *     not looked at
   */
  public record Verdict(
      int published,
      int acknowledged,
      int refused,
      int unknown,
      int deliveries,
      int jumps,
      double ofRate,
      Violations violations) {}

  /**
   * Judges all events of one run, in the order in which they were recorded.
   *
   * @param tolerance how near to its rate a limited tenant is to be kept
   */
  public static Verdict check(List<Event> history, Allowed allowed, Tolerance tolerance) {
    Checker checker = new Checker(allowed, tolerance);
    for (Event event : history) {
      if (event instanceof Event.Phase phase && phase.name().equals("end")) {
        // What follows is that everybody goes home.
        break;
      }
      checker.accept(event);
    }
    checker.runs.finish();
    checker.publishes.finish();
    checker.presences.finish();
    checker.drift.finish();
    return new Verdict(
        checker.publishes.published(),
        checker.publishes.acknowledged(),
        checker.publishes.refused(),
        checker.publishes.unknown(),
        checker.runs.deliveries(),
        checker.runs.jumps(),
        checker.drift.share(),
        checker.violations);
  }

  private void accept(Event event) {
    runs.accept(event);
    publishes.accept(event);
    presences.accept(event);
    drift.accept(event);
    switch (event) {
      case Event.Odd odd -> violations.add(Kind.ODD, odd.toString());
      case Event.Anew anew -> {
        // A form of keys that the version before does not know: it says so, and that is all it can.
        if (!anew.keyOfLater()) {
          violations.add(Kind.NOT_RESUMED, anew.toString());
        }
      }
      case Event.Phase phase -> {
        if (phase.name().equals("not-calm")) {
          violations.add(Kind.NOT_CALM, phase.what());
        }
      }
      default -> {}
    }
  }
}
