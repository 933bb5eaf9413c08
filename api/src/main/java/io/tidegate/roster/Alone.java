package io.tidegate.roster;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** There are no other nodes. */
final class Alone implements Roster {
  @Override
  public List<Connection> connections(AppId app, String after, int limit) {
    return List.of();
  }

  @Override
  public boolean mayHave(AppId app, String connectionId) {
    return false;
  }

  @Override
  public boolean hasOthers() {
    return false;
  }

  @Override
  public List<ChannelName> channels(AppId app, String prefix, String after, int limit) {
    return List.of();
  }

  @Override
  public Map<ChannelName, Integer> subscribers(AppId app, Collection<ChannelName> channels) {
    return Map.of();
  }
}
