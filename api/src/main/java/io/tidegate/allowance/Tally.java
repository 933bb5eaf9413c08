package io.tidegate.allowance;

/**
 * Counts what exists at the same time, on all nodes. Any thread; only {@link #hasRoom} may wait.
 */
public interface Tally {
  /**
   * Whether one more could be counted; if so, it soon can. Asks other nodes for a free place,
   * though not for long.
   */
  boolean hasRoom(long most);

  /**
   * One more, unless there are {@code most} already.
   *
   * @return whether it was counted; then {@link #leave} follows exactly once
   */
  boolean enter(long most);

  void leave();

  /** On all nodes, as far as this one knows. */
  long count();

  /** On this node. */
  long here();
}
