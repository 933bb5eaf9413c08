package io.tidegate.trace;

/**
 * One unit of a traced publish, from being given to the store until its first client on this node
 * has it. Each step may be told more than once, by any thread: the first time counts.
 */
public interface UnitTrace {
  /** The log has taken it into a batch: it waits no more. */
  void taken();

  /**
   * The store holds it, or has numbered it; its fan-out begins.
   *
   * @param batch how many messages were committed together
   */
  void committed(int batch);

  /**
   * It was not stored, or nobody knows.
   *
   * @param code of the refusal
   */
  void refused(int code);

  /** The first client here that keeps up has been written to. */
  void written();
}
