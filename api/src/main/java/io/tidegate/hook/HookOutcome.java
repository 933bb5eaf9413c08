package io.tidegate.hook;

import java.util.Locale;

/** What a decision came from, as it is counted. */
public enum HookOutcome {
  ALLOW,
  REFUSE,
  CHANGE,
  /** It was called, or there was no place to call it from, and no answer came that can be used. */
  FAILED,
  /** It was not called, as it had failed too often. */
  OPEN,
  /** It was not called, as it had decided the same a while ago. */
  CACHED;

  static HookOutcome of(Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Allowed<?> allowed -> ALLOW;
      case Verdict.Refused<?> refused -> REFUSE;
      case Verdict.Changed<?> changed -> CHANGE;
      case Verdict.Failed<?> failed -> FAILED;
    };
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
