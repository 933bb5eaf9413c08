package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Channels of which something may not have been told. Guarded by its monitor. */
final class Behind {
  /** Beyond it all channels of the apps that want to hear of messages are looked at once. */
  private static final int MAX_CHANNELS = 10_000;

  private final Set<ChannelId> channels = new LinkedHashSet<>();

  /** At first nobody knows what was told before. */
  private boolean everything = true;

  synchronized void add(ChannelId channel) {
    if (channels.size() < MAX_CHANNELS) {
      channels.add(channel);
    } else if (!channels.contains(channel)) {
      everything = true;
    }
  }

  synchronized void addEverything() {
    everything = true;
  }

  /** Nobody wants to hear of any of them. */
  synchronized void forget() {
    channels.clear();
    everything = false;
  }

  /** All of them; they are not here any more. */
  synchronized List<ChannelId> take() {
    List<ChannelId> all = List.copyOf(channels);
    channels.clear();
    return all;
  }

  /** Whether it may be any channel; not so any more. */
  synchronized boolean takeEverything() {
    boolean all = everything;
    everything = false;
    return all;
  }
}
