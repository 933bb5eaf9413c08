package io.tidegate.problem;

import org.jspecify.annotations.Nullable;

/**
 * What decided a refusal, for those who run the app; never told to who was refused.
 *
 * @param rule the rule as it stood, such as {@code namespace news has clientPublish false}; without
 *     a secret
 * @param operation what was asked for, null when that is not known where it was refused
 * @param channel where, null as {@code operation}
 */
public record Reason(Step step, String rule, @Nullable String operation, @Nullable String channel) {

  /** What the catalogue's row says by itself. */
  static Reason of(Refusal refusal) {
    return new Reason(Step.of(refusal), refusal.title(), null, null);
  }

  Reason by(Step closer, String closerRule) {
    return new Reason(closer, closerRule, operation, channel);
  }

  /** What is known already is closer to the decision, and stays. */
  Reason in(@Nullable String wider, @Nullable String where) {
    return new Reason(
        step, rule, operation == null ? wider : operation, channel == null ? where : channel);
  }
}
