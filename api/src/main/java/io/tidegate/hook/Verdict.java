package io.tidegate.hook;

import org.jspecify.annotations.Nullable;

/** What came of asking. */
public sealed interface Verdict<T> {
  /** As it is. */
  record Allowed<T>() implements Verdict<T> {}

  /**
   * No.
   *
   * @param reason one line for who is refused; null when the hook gave none that can be told
   */
  record Refused<T>(@Nullable String reason) implements Verdict<T> {}

  /** With this in its place. */
  record Changed<T>(T made) implements Verdict<T> {}

  /**
   * No answer that can be used.
   *
   * @param why for those who run the app
   */
  record Failed<T>(String why) implements Verdict<T> {}
}
