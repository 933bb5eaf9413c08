package io.tidegate.faults.check;

/** One broken promise, and how it shows. */
public record Violation(Kind kind, String what) {
  /** What was broken. */
  public enum Kind {
    /** What was acknowledged is not there, or did not come and nothing was said. */
    LOST,
    /** One message came twice, or is kept twice. */
    DUPLICATE,
    /** A message came behind a later one. */
    REORDERED,
    /** A jump without a word. */
    GAP,
    /** A jump that was announced, though nothing had been lost. */
    NEEDLESS_JUMP,
    /** One (epoch, seq) has two contents. */
    TWO_CONTENTS,
    /** What was refused is there. */
    ABORTED_READ,
    /** A retry was answered with another position. */
    ANSWERED_OTHERWISE,
    /** Something of another tenant, or that nobody has published. */
    LEAK,
    /** Who is long gone is shown as present. */
    GHOST,
    /** Who was there is not shown. */
    ABSENT,
    /** A client back in time was shown as gone. */
    FLICKER,
    /** A client's connection did not go on, though its key was good. */
    NOT_RESUMED,
    /** All nodes together let in more than a limit, or much less of it. */
    LIMIT_DRIFT,
    /** What no gateway should say. */
    ODD,
    /** Things are not as before within the time allowed. */
    NOT_CALM
  }
}
