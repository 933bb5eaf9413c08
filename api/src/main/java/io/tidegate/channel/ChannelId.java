package io.tidegate.channel;

import java.util.Comparator;

/** One channel of the installation: an app and a name within it. */
public record ChannelId(AppId app, ChannelName name) implements Comparable<ChannelId> {
  private static final Comparator<ChannelId> ORDER =
      Comparator.comparingLong((ChannelId id) -> id.app().number()).thenComparing(ChannelId::name);

  @Override
  public int compareTo(ChannelId other) {
    return ORDER.compare(this, other);
  }
}
