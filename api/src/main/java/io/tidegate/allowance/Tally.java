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

  /**
   * One more however many there are: it takes the place of one that is counted on another node, and
   * that this node has just told to go, or that is gone with its node. {@link #leave} follows.
   */
  void moveIn();

  /** One fewer, which another node has counted meanwhile: its place is not filled again here. */
  void moveOut();

  void leave();

  /** On all nodes, as far as this one knows. */
  long count();

  /** On this node. */
  long here();
}
