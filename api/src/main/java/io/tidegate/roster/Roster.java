package io.tidegate.roster;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the other live nodes have: as it was a second or two ago, and without a node that has not
 * been heard of for 12 s. Empty while nobody can say. May wait.
 */
public interface Roster {
  /** Of a node that has no others. */
  Roster ALONE = new Alone();

  /** One connection; JSON as the REST interface tells it. */
  record Connection(String id, String json) {}

  /** The first of an app's connections behind an id, in order of id. */
  List<Connection> connections(AppId app, String after, int limit);

  /**
   * Whether the app may have this connection on another node: one has told so, or the node that it
   * is named for lives, or nobody can say.
   */
  boolean mayHave(AppId app, String connectionId);

  /** Whether there may be other nodes at all. */
  boolean hasOthers();

  /** The first of an app's channels with subscribers behind a name, in order of name. */
  List<ChannelName> channels(AppId app, String prefix, String after, int limit);

  /** How many subscriptions each of these has; those without any are left out. */
  Map<ChannelName, Integer> subscribers(AppId app, Collection<ChannelName> channels);
}
