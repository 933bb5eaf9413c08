package io.tidegate.node;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Head;
import io.tidegate.channel.TenantId;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Census;
import io.tidegate.roster.Roster;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks where channels are: in the hub, or on another node's, while they are occupied; in a store
 * while they keep any.
 */
final class ChannelCensus implements Census {
  private static final int PAGE = 1_000;

  private final Directory directory;
  private final Stores stores;
  private final Hub hub;
  private final Roster roster;

  ChannelCensus(Directory directory, Stores stores, Hub hub, Roster roster) {
    this.directory = directory;
    this.stores = stores;
    this.hub = hub;
    this.roster = roster;
  }

  @Override
  public Set<ChannelId> channels(TenantId tenant, long most) {
    Set<ChannelId> found = new HashSet<>();
    for (AppId app : directory.apps(tenant)) {
      hub.occupied(app, (channel, subscribers) -> found.add(channel));
      // The log lists what it keeps; the broker knows channels whose messages are gone.
      add(stores.log().of(tenant)::list, app, found, most, channel -> true);
      add(stores.broker()::list, app, found, most, this::keepsSome);
      add(roster::channels, app, found, most, channel -> true);
    }
    return found;
  }

  /** Reads a page of an app's channels. */
  private interface Pages {
    List<ChannelName> read(AppId app, String prefix, String after, int limit);
  }

  private static void add(
      Pages pages, AppId app, Set<ChannelId> found, long most, Predicate<ChannelId> keepsSome) {
    String after = "";
    List<ChannelName> page;
    do {
      page = pages.read(app, "", after, PAGE);
      for (ChannelName name : page) {
        ChannelId channel = new ChannelId(app, name);
        if (found.size() < most && !found.contains(channel) && keepsSome.test(channel)) {
          found.add(channel);
        }
        after = name.value();
      }
    } while (page.size() == PAGE && found.size() < most);
  }

  @Override
  public boolean isOpen(ChannelId channel) {
    return hub.subscribers(channel) > 0
        || keepsSome(channel)
        || !roster.subscribers(channel.app(), List.of(channel.name())).isEmpty();
  }

  @Override
  public long storedBytes(TenantId tenant) {
    return stores.log().storedBytes(tenant);
  }

  /** A store knows a channel longer than it keeps its messages. */
  private boolean keepsSome(ChannelId channel) {
    Head head = stores.of(channel).head().orElse(null);
    return head != null && head.firstSeq() <= head.lastSeq();
  }
}
