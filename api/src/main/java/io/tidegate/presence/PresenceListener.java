package io.tidegate.presence;

import io.tidegate.channel.ChannelId;

/** Where changes come up from the store; they are hints to read again. */
public interface PresenceListener {
  void onChange(ChannelId channel);

  /** Anything may have changed. */
  void onGap();
}
