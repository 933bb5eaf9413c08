package io.tidegate.channel;

/** How much of a channel's past may be read: the last messages, none older than so many seconds. */
public record Retention(int messages, long seconds) {
  public static final Retention NOTHING = new Retention(0, 0);
}
