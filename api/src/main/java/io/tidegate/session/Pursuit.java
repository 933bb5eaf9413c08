package io.tidegate.session;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far one connection is in one channel.
 *
 * @param sinceMillis when it was asked for, to the second
 * @param at the last message that it was given; null before it began
 * @param lag messages behind what its node has
 * @param present whether it is a member there
 */
public record Pursuit(
    ChannelName channel,
    long sinceMillis,
    State state,
    @Nullable Position at,
    long lag,
    boolean present) {

  /** Whether it gets what is published as it comes. */
  public enum State {
    BEGINNING("beginning"),
    LIVE("live"),
    BEHIND("behind");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
