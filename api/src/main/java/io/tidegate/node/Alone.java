package io.tidegate.node;

import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;

/** Whether this node is the only one. */
final class Alone implements Condition {
  @Override
  public boolean matches(ConditionContext context) {
    return !Linked.of(context);
  }
}
