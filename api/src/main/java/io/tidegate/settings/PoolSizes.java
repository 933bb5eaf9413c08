package io.tidegate.settings;

/**
 * How a node shares out its connections to PostgreSQL. What each kind of work can take is bounded,
 * so that none starves another.
 *
 * @param lanes the durable log's writers, and two more to find out an outcome or make a partition
 * @param changes channels begun and ended at the same time, and the background work
 * @param reads of the durable log
 * @param controlPlane look-ups and everything else; one is held all the time, by the lock of the
 *     only node
 */
public record PoolSizes(int lanes, int changes, int reads, int controlPlane) {
  private static final int LANES = 6;

  /** Three nodes leave a default PostgreSQL (100, three of them reserved) room for people. */
  private static final int DEFAULT = 26;

  /** With fewer, one kind of work would have a single connection or none. */
  private static final int LEAST = 16;

  private static final int MOST = 1_000;

  /** As many as a node takes when nothing is set. */
  public static final PoolSizes STANDARD = of(DEFAULT);

  static PoolSizes read(Variables variables) {
    return of(variables.number("TIDEGATE_DATABASE_CONNECTIONS", DEFAULT, LEAST, MOST));
  }

  /** Shares out so many. */
  public static PoolSizes of(int total) {
    int rest = total - LANES;
    int reads = rest * 3 / 10;
    int changes = Math.max(2, rest * 3 / 20);
    return new PoolSizes(LANES, changes, reads, rest - reads - changes);
  }

  public int total() {
    return lanes + changes + reads + controlPlane;
  }
}
