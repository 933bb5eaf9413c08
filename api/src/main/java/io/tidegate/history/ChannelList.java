package io.tidegate.history;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Head;
import io.tidegate.hub.Hub;
import io.tidegate.roster.Roster;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists an app's channels: those with subscribers on any node, and those with messages kept. */
@Singleton
final class ChannelList {
  /** A page is short rather than slow when a key may see few of very many channels. */
  private static final int MAX_ROUNDS = 10;

  private final Stores stores;
  private final Hub hub;
  private final Roster roster;

  ChannelList(Stores stores, Hub hub, Roster roster) {
    this.stores = stores;
    this.hub = hub;
    this.roster = roster;
  }

  /**
   * @param next the name behind which the next page begins, null on the last
   */
  record Page(List<ChannelName> names, @Nullable String next) {}

  /** The channels that the key may see, in order of name, behind {@code after}. */
  Page read(AppPrincipal key, String prefix, String after, int limit) {
    List<ChannelName> names = new ArrayList<>();
    String last = after;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      TreeMap<ChannelName, Boolean> some = some(key, prefix, last, limit + 1);
      for (Map.Entry<ChannelName, Boolean> one : some.entrySet()) {
        if (names.size() == limit) {
          return new Page(names, last);
        }
        last = one.getKey().value();
        boolean mayList = !one.getKey().isMeta() && key.mayLookInto(one.getKey());
        if (mayList && (one.getValue() || keepsSome(new ChannelId(key.app(), one.getKey())))) {
          names.add(one.getKey());
        }
      }
      if (some.size() <= limit) {
        return new Page(names, null);
      }
    }
    return new Page(names, last);
  }

  /** The first names of all who know some; false: whether it keeps any message is to be seen. */
  private TreeMap<ChannelName, Boolean> some(
      AppPrincipal key, String prefix, String after, int limit) {
    TreeMap<ChannelName, Boolean> names = new TreeMap<>();
    stores.broker().list(key.app(), prefix, after, limit).forEach(one -> names.put(one, false));
    stores
        .log()
        .of(key.tenant())
        .list(key.app(), prefix, after, limit)
        .forEach(one -> names.put(one, true));
    roster.channels(key.app(), prefix, after, limit).forEach(one -> names.put(one, true));
    hub.occupied(
        key.app(),
        (channel, subscribers) -> {
          String name = channel.name().value();
          if (name.startsWith(prefix) && ChannelName.compare(name, after) > 0) {
            names.put(channel.name(), true);
            if (names.size() > limit) {
              names.pollLastEntry();
            }
          }
        });
    while (names.size() > limit) {
      names.pollLastEntry();
    }
    return names;
  }

  private boolean keepsSome(ChannelId channel) {
    Held held = stores.of(channel);
    Head head = held.head().orElse(null);
    return head != null && head.firstSeq() <= head.lastSeq();
  }
}
