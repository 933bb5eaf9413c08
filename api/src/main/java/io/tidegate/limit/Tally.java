package io.tidegate.limit;

/** Counts what exists at the same time. Any thread; never waits. */
public interface Tally {
  /**
   * One more, unless there are {@code most} already.
   *
   * @return whether it was counted; then {@link #leave} follows exactly once
   */
  boolean enter(long most);

  void leave();

  long count();
}
