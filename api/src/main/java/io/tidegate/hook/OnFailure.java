package io.tidegate.hook;

import java.util.Locale;

/** What is done without an answer that can be used. */
public enum OnFailure {
  /** It goes on as if the hook had allowed it. */
  ALLOW,
  /** It is refused, and may be tried again. */
  REFUSE;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
