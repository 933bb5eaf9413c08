package io.tidegate.explain;

import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How something would be decided.
 *
 * @param refused what it would be refused with, null when it is allowed
 * @param steps in the order in which they are taken
 */
public record Explanation(@Nullable RefusedException refused, List<Told> steps) {
  public Explanation {
    steps = List.copyOf(steps);
  }

  /** What came of a step. */
  public enum Verdict {
    PASSES("passes"),
    REFUSES("refuses"),
    NOT_REACHED("not-reached");

    private final String wireName;

    Verdict(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * One step.
   *
   * @param rule as it stands, null when it was not reached
   * @param why for people
   */
  public record Told(Step step, @Nullable String rule, Verdict verdict, String why) {}
}
