package io.tidegate.webhook;

import io.tidegate.channel.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about. Events about the same arrive in their order.
 *
 * @param key unlike that of every other subject of the app; no channel's name begins with a colon
 * @param channel null when it is about none: such events are for every pattern
 */
public record Subject(String key, @Nullable ChannelName channel) {
  /** The app itself. */
  public static final Subject APP = new Subject(":", null);

  public static Subject of(ChannelName channel) {
    return new Subject(channel.value(), channel);
  }

  public static Subject ofConnection(String connectionId) {
    return new Subject(":" + connectionId, null);
  }
}
