package io.tidegate.problem;

/**
 * Hears of the steps that a decision passes, from the code that decides; the step that refuses is
 * in the refusal. {@link #UNTOLD} where nobody has asked: then a decision makes nothing to tell.
 */
@FunctionalInterface
public interface Steps {
  Steps UNTOLD =
      new Steps() {
        @Override
        public void passed(Step step, String rule) {}

        @Override
        public boolean areHeard() {
          return false;
        }
      };

  /**
   * @param rule the rule as it stands, without a secret
   */
  void passed(Step step, String rule);

  /** Ask before making a text for {@link #passed}. */
  default boolean areHeard() {
    return true;
  }
}
