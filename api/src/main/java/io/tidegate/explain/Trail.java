package io.tidegate.explain;

import io.tidegate.explain.Explanation.Told;
import io.tidegate.explain.Explanation.Verdict;
import io.tidegate.problem.Reason;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down the steps of one decision. By one thread. */
final class Trail implements Steps {
  private final Set<Step> expected;
  private final Set<Step> untold;
  private final List<Told> told = new ArrayList<>();

  /**
   * @param expected what the decision takes when nothing refuses
   * @param untold what is not the question's
   */
  Trail(Set<Step> expected, Set<Step> untold) {
    this.expected = expected;
    this.untold = untold;
  }

  @Override
  public void passed(Step step, String rule) {
    if (!untold.contains(step)) {
      told.add(new Told(step, rule, Verdict.PASSES, step.passing()));
    }
  }

  /** A hook would be asked here; what it would say is not for an explanation to find out. */
  void wouldAsk(Step step, String hook) {
    told.add(new Told(step, hook, Verdict.NOT_REACHED, "it would be asked now, and may refuse"));
  }

  /**
   * How it ended.
   *
   * @param refused what ended it, null when nothing did
   */
  Explanation ended(@Nullable RefusedException refused) {
    if (refused != null) {
      Reason reason = refused.reason();
      told.add(new Told(reason.step(), reason.rule(), Verdict.REFUSES, refused.detail()));
    }
    Set<Step> left = EnumSet.noneOf(Step.class);
    left.addAll(expected);
    told.forEach(one -> left.remove(one.step()));
    for (Step step : left) {
      told.add(new Told(step, null, Verdict.NOT_REACHED, whyNot(step, refused)));
    }
    return new Explanation(refused, told);
  }

  private static String whyNot(Step step, @Nullable RefusedException refused) {
    if (refused != null) {
      return "decided before";
    }
    return step == Step.TICKET_USE
        ? "looked at when it opens a connection"
        : "not asked where the namespace is public";
  }
}
