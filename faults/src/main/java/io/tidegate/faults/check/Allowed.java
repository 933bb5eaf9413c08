package io.tidegate.faults.check;

/**
 * What a fault takes away by itself.
 *
 * @param windowsLost whether Redis has lost something: then windows may end, which is announced
 */
public record Allowed(boolean windowsLost) {
  /** Nothing may be lost. */
  public static final Allowed NOTHING = new Allowed(false);

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
