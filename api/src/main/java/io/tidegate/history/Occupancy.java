package io.tidegate.history;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.hub.Hub;
import io.tidegate.roster.Roster;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many subscribe to a channel, over all nodes. */
@Singleton
final class Occupancy {
  private final Hub hub;
  private final Roster roster;

  Occupancy(Hub hub, Roster roster) {
    this.hub = hub;
    this.roster = roster;
  }

  /** Of those that have any subscriptions. May wait. */
  Map<ChannelName, Integer> of(AppId app, Collection<ChannelName> channels) {
    Map<ChannelName, Integer> sums = new HashMap<>(roster.subscribers(app, channels));
    for (ChannelName name : channels) {
      int here = hub.subscribers(new ChannelId(app, name));
      if (here > 0) {
        sums.merge(name, here, Integer::sum);
      }
    }
    return sums;
  }

  static Map<String, Integer> view(int subscribers) {
    Map<String, Integer> view = new LinkedHashMap<>();
    view.put("subscribers", subscribers);
    view.put("connections", subscribers);
    return view;
  }
}
