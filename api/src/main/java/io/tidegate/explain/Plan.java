package io.tidegate.explain;

import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Step;
import java.util.EnumSet;
import java.util.Set;

/** The steps that a decision takes when nothing refuses: what is told as not reached else. */
final class Plan {
  private Plan() {}

  static Set<Step> of(Question question) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    boolean isToken = true;
    if (question.holder() instanceof Question.Credential credential) {
      isToken = credential(credential.text(), steps);
      steps.add(Step.KEY_CAPABILITIES);
    }
    if (question.origin() != null) {
      steps.add(Step.ORIGINS);
    }
    if (isToken) {
      steps.add(Step.TOKEN_CAPABILITIES);
    }
    operation(question.operation(), steps);
    return steps;
  }

  /** Whether it is one that has capabilities of its own. */
  private static boolean credential(String text, Set<Step> steps) {
    steps.add(Step.KEY_KNOWN);
    steps.add(Step.KEY_REVOKED);
    steps.add(Step.KEY_EXPIRY);
    if (text.indexOf(':') >= 0) {
      steps.add(Step.KEY_SECRET);
      return false;
    }
    if (KeyName.parse(text) == null) {
      steps.add(Step.CREDENTIAL);
      steps.add(Step.TOKEN_SIGNATURE);
      steps.addAll(EnumSet.range(Step.TOKEN_AUDIENCE, Step.TOKEN_REVOKED));
    }
    return true;
  }

  private static void operation(Operation operation, Set<Step> steps) {
    switch (operation) {
      case PUBLISH -> {
        steps.add(Step.CLIENT_PUBLISH);
        steps.add(Step.REQUIRE_CLIENT_ID);
        steps.add(Step.MESSAGE_BYTES);
        steps.add(Step.LIMIT);
      }
      case SUBSCRIBE -> {
        steps.add(Step.REQUIRE_CLIENT_ID);
        steps.add(Step.LIMIT);
      }
      case PRESENCE -> {
        steps.add(Step.PRESENCE);
        steps.add(Step.IDENTITY);
        steps.add(Step.LIMIT);
      }
      case HISTORY -> {}
      case ADMIN -> steps.add(Step.KIND);
    }
  }
}
