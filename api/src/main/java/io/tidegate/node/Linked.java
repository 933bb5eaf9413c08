package io.tidegate.node;

import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.tidegate.settings.Settings;

/** Whether this node has others beside it. */
final class Linked implements Condition {
  @Override
  public boolean matches(ConditionContext context) {
    return of(context);
  }

  static boolean of(ConditionContext<?> context) {
    return context
        .getBeanContext()
        .findBean(Settings.class)
        .map(settings -> settings.redisUrl() != null)
        .orElse(false);
  }
}
