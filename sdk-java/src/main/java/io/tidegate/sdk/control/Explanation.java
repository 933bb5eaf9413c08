package io.tidegate.sdk.control;

import java.util.List;
import java.util.Optional;

/**
 * Which rule decides, step by step; nothing was carried out.
 *
 * @param code what it would be refused with
 * @param decidedBy the step that refuses; empty when it is allowed
 */
public record Explanation(
    boolean allowed,
    Optional<Integer> code,
    Optional<String> slug,
    Optional<String> decidedBy,
    List<Step> steps) {
  /**
   * One step.
   *
   * @param rule as it stands; empty when it was not reached
   * @param verdict {@code passes}, {@code refuses} or {@code not-reached}
   */
  public record Step(
      String step, Optional<String> rule, String verdict, String why, Optional<Integer> code) {}
}
