package io.tidegate.presence;

/**
 * Numbers sessions as owners of members, so that of two sessions of one connection, on whichever
 * nodes they are, the later is known: above the number that its process gave it stands how often
 * the connection had gone on. Scripts read it the same way.
 */
public final class SessionNumber {
  /** For more sessions than a process lives to see. */
  private static final int OWN_BITS = 40;

  /** What remains of a long; connections that went on more often are told apart no more. */
  private static final long MOST_TURNS = (1 << 23) - 1;

  private SessionNumber() {}

  /**
   * @param turn how often the connection had gone on before
   * @param own among all sessions of this process
   */
  public static long of(int turn, long own) {
    // From 1: releases that did not tell have nothing there.
    return (Math.min(turn + 1L, MOST_TURNS) << OWN_BITS) | own;
  }

  /** How often its connection had gone on before. */
  static long turn(long number) {
    return Math.max(0, (number >>> OWN_BITS) - 1);
  }

  /** Whether both tell, and the one went on later than the other. */
  static boolean isLater(long one, long other) {
    long before = other >>> OWN_BITS;
    return before > 0 && one >>> OWN_BITS > before;
  }
}
