package io.tidegate.limit;

/**
 * A token bucket. The rate is an argument and not a part of it, so that a change of limits holds
 * from the next call on. Any thread; never waits: one that is shared between nodes answers from
 * what it has leased.
 */
public interface Bucket {
  /** Takes {@code many}, or nothing. */
  Grant take(long many, Rate rate);

  /** Takes as many as there are, {@code most} at most; returns how many. */
  long takeUpTo(long most, Rate rate);

  /** What was taken and not used. */
  void giveBack(long many);

  /** How many could be taken now. */
  long left(Rate rate);
}
