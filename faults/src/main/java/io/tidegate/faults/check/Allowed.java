package io.tidegate.faults.check;

/**
 * What a fault takes away by itself.
 *
 * @param windowsLost whether Redis has lost something: then windows may end, which is announced
 * @param membersLost whether members may be taken for gone though their clients are there
 */
public record Allowed(boolean windowsLost, boolean membersLost) {
  /** Nothing may be lost. */
  public static final Allowed NOTHING = new Allowed(false, false);

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
