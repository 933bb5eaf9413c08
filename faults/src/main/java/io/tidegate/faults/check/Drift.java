package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All nodes together let in no more of a tenant's messages in any time than rate x time + burst;
 * and while nothing is broken about what one bucket would have let in.
 */
final class Drift {
  /** A caller may wait so long for its answer, whose tokens count when it comes. */
  private static final double ANSWER_SECONDS = 0.5;

  /** Until nodes have told each other what they did while one was apart. */
  private static final long TOLD_MILLIS = 3_000;

  /** Before the load is at its pace, and after all is calm. */
  private static final long SETTLED_MILLIS = 3_000;

  private static final int NODES = 3;
  private static final double ROUNDING = 1;

  private final Violations violations;
  private final Allowed.Limits allowed;
  private final Tolerance tolerance;
  private final List<Event.Metered> asked = new ArrayList<>();
  private Event.@Nullable Quota quota;
  private long load = -1;
  private long fault = -1;
  private long healed = -1;
  private long calm = -1;
  private double due;
  private double let;

  Drift(Violations violations, Allowed allowed, Tolerance tolerance) {
    this.violations = violations;
    this.allowed = allowed.limits();
    this.tolerance = tolerance;
  }

  void accept(Event event) {
    switch (event) {
      case Event.Quota one -> quota = one;
      case Event.Metered one -> asked.add(one);
      case Event.Phase one -> phase(one);
      default -> {}
    }
  }

  private void phase(Event.Phase one) {
    switch (one.name()) {
      case "load" -> load = one.at();
      case "fault" -> fault = one.at();
      case "healed" -> healed = one.at();
      case "calm" -> calm = one.at();
      default -> {}
    }
  }

  /** What was let in while all was calm, of what one bucket would have; NaN: nothing was asked. */
  double share() {
    return due == 0 ? Double.NaN : let / due;
  }

  /** After the last event. */
  void finish() {
    Event.Quota of = quota;
    if (of == null || allowed == Allowed.Limits.NOT_JUDGED) {
      return;
    }
    over(of);
    if (load >= 0 && fault >= 0) {
      starved(of, load + SETTLED_MILLIS, fault);
    }
    if (calm >= 0) {
      starved(of, calm + SETTLED_MILLIS, Long.MAX_VALUE);
    }
  }

  /** Looks at every time from a question to an answer; the worst one is told. */
  private void over(Event.Quota of) {
    List<Event.Metered> in = new ArrayList<>();
    for (Event.Metered one : asked) {
      if (one.outcome() == Outcome.ACKNOWLEDGED) {
        in.add(one);
      }
    }
    in.sort(Comparator.comparingLong(Event.Metered::at));
    double worst = 0;
    String what = "";
    for (Event.Metered first : in) {
      long from = first.asked();
      int many = 0;
      for (Event.Metered last : in) {
        if (last.asked() >= from) {
          many++;
          double most = most(of, from, last.at());
          if (many - most > worst) {
            worst = many - most;
            what = told(many, most, from, last.at());
          }
        }
      }
    }
    if (worst > 0) {
      violations.add(Kind.LIMIT_DRIFT, what);
    }
  }

  private double most(Event.Quota of, long from, long to) {
    double seconds = (to - from) / 1000.0;
    double rate = of.perSecond() * tolerance.most();
    double most = rate * (seconds + ANSWER_SECONDS) + of.burst() + ROUNDING;
    if (allowed == Allowed.Limits.HELD || fault < 0 || to < fault) {
      return most;
    }
    if (allowed == Allowed.Limits.SHARED_BY_ONE) {
      long end = healed < 0 ? to : Math.min(to, healed + TOLD_MILLIS);
      double apart = Math.max(0, end - Math.max(from, fault)) / 1000.0;
      most += apart * of.perSecond() / NODES;
    }
    return most + of.burst();
  }

  private void starved(Event.Quota of, long from, long to) {
    double expected = 0;
    double admitted = 0;
    double tokens = 0;
    long at = from;
    List<Event.Metered> sorted = new ArrayList<>(asked);
    sorted.sort(Comparator.comparingLong(Event.Metered::asked));
    for (Event.Metered one : sorted) {
      if (one.asked() >= from && one.at() <= to) {
        tokens = Math.min(of.burst(), tokens + of.perSecond() * (one.asked() - at) / 1000.0);
        at = one.asked();
        if (tokens >= 1) {
          tokens--;
          expected++;
        }
        admitted += one.outcome() == Outcome.REFUSED ? 0 : 1;
      }
    }
    due += expected;
    let += admitted;
    if (admitted < tolerance.least() * expected - of.perSecond()) {
      violations.add(Kind.LIMIT_DRIFT, "starved: " + told(admitted, expected, from, at));
    }
  }

  private static String told(double many, double most, long from, long to) {
    return String.format(
        Locale.ROOT,
        "%.0f messages were let in from %d to %d ms, of %.1f that the limit gives",
        many,
        from,
        to,
        most);
  }
}
