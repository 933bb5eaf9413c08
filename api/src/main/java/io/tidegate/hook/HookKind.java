package io.tidegate.hook;

import io.tidegate.problem.Step;
import org.jspecify.annotations.Nullable;

/** What a hook is asked about. */
public enum HookKind {
  BEFORE_PUBLISH("before-publish", "publish", Step.HOOK_PUBLISH),
  CONNECT("connect", "connect", Step.HOOK_CONNECT);

  private final String wireName;
  private final String operation;
  private final Step step;

  HookKind(String wireName, String operation, Step step) {
    this.wireName = wireName;
    this.operation = operation;
    this.step = step;
  }

  public String wireName() {
    return wireName;
  }

  /** What is refused when it refuses. */
  String operation() {
    return operation;
  }

  Step step() {
    return step;
  }

  public static @Nullable HookKind ofWireName(String name) {
    for (HookKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
