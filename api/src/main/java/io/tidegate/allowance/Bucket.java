package io.tidegate.allowance;

/**
 * A token bucket. The rate is an argument and not a part of it, so that a change of limits holds
 * from the next call on. Any thread; only {@link #ask} may wait.
 */
public interface Bucket {
  /** Takes {@code many}, or nothing, of what is known to be there. */
  Grant take(long many, Rate rate);

  /**
   * The same for a thread that may wait: one that is shared between nodes asks for more before it
   * refuses, though not for long.
   */
  default Grant ask(long many, Rate rate) {
    return take(many, rate);
  }

  /** Takes as many as there are, {@code most} at most; returns how many. */
  long takeUpTo(long most, Rate rate);

  /** What was taken and not used. */
  void giveBack(long many);

  /** How many could be taken now. */
  long left(Rate rate);
}
