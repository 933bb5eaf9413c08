package io.tidegate.faults.check;

/**
 * What a fault takes away by itself.
 *
 * @param windowsLost whether Redis has lost something: then windows may end, which is announced
 * @param members whose members may be taken for gone though their clients are there
 * @param limits how far the nodes together may be over a limit
 */
public record Allowed(boolean windowsLost, Members members, Limits limits) {
  /** Whose members may be taken for gone. */
  public enum Members {
    NOBODYS,
    /** Those of a node that the others could not know about for longer than the grace. */
    OF_A_NODE_APART
  }

  /** How far nodes may be over a limit, as docs/decisions/limits-over-nodes.md has it. */
  public enum Limits {
    /** Not at all. */
    HELD,
    /** Each node begins its even part from what it believed was left: one burst more. */
    SHARED,
    /** One node has its even part, and the others lend each other all of it. */
    SHARED_BY_ONE,
    /** Nodes of a version that counts each by itself are among them. */
    NOT_JUDGED
  }

  /** Nothing may be lost. */
  public static final Allowed NOTHING = new Allowed(false, Members.NOBODYS, Limits.HELD);

  /** Redis does not answer, and has lost nothing. */
  public static final Allowed REDIS_AWAY = new Allowed(false, Members.NOBODYS, Limits.SHARED);

  /** Redis has lost all that it knew, or the end of it. */
  public static final Allowed REDIS_LOST = new Allowed(true, Members.NOBODYS, Limits.SHARED);

  /** A node is cut off from Redis: it is gone for the others, and so are its members. */
  public static final Allowed ONE_APART =
      new Allowed(false, Members.OF_A_NODE_APART, Limits.SHARED_BY_ONE);

  /** Nodes of the version before have limits each of their own. */
  public static final Allowed OTHER_VERSION =
      new Allowed(false, Members.NOBODYS, Limits.NOT_JUDGED);

  /** Whether subscribers of this channel may be told of a jump. */
  boolean jump(String channel) {
    return switch (classOf(channel)) {
      case "none" -> true;
      case "window" -> windowsLost;
      default -> false;
    };
  }

  static String classOf(String channel) {
    int colon = channel.indexOf(':');
    return colon < 0 ? channel : channel.substring(0, colon);
  }
}
