package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import io.tidegate.frame.MemberJson;
import io.tidegate.frame.ServerEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Members in frames of bounded size. */
final class PresenceFrames {
  /** One frame has so many members at most, */
  static final int MAX_MEMBERS = 100;

  /** and no further one once it has so many bytes: a quarter of what may wait for a client. */
  static final int FULL_BYTES = 16 << 10;

  private PresenceFrames() {}

  /**
   * @param next the key that the next page is behind; null after the last
   */
  record Page(ServerEvent.Presence event, @Nullable String next) {}

  static ServerEvent.Presence occupancy(ChannelId channel, Snapshot at) {
    return new ServerEvent.Presence(
        channel.name(),
        ServerEvent.Presence.Action.OCCUPANCY,
        at.version(),
        null,
        (long) at.members().size(),
        null);
  }

  static List<ServerEvent.Presence> changes(
      ChannelId channel, ServerEvent.Presence.Action action, long version, List<Member> members) {
    List<ServerEvent.Presence> frames = new ArrayList<>();
    Iterator<Member> rest = members.iterator();
    while (rest.hasNext()) {
      byte[] some = MemberJson.array(take(rest, MAX_MEMBERS).items());
      frames.add(new ServerEvent.Presence(channel.name(), action, version, some, null, null));
    }
    return frames;
  }

  static Page sync(ChannelId channel, long version, NavigableMap<String, Member> rest) {
    Iterator<Member> members = rest.values().iterator();
    Taken taken = take(members, MAX_MEMBERS);
    Member last = taken.last();
    String next = last != null && members.hasNext() ? last.key() : null;
    return new Page(
        new ServerEvent.Presence(
            channel.name(),
            ServerEvent.Presence.Action.SYNC,
            version,
            MemberJson.array(taken.items()),
            null,
            next == null ? null : MemberJson.cursor(next)),
        next);
  }

  record Taken(List<byte[]> items, @Nullable Member last) {}

  static Taken take(Iterator<Member> members, int most) {
    List<byte[]> items = new ArrayList<>();
    int bytes = 0;
    Member last = null;
    while (members.hasNext() && items.size() < most && bytes < FULL_BYTES) {
      last = members.next();
      byte[] item = MemberJson.item(last.clientId(), last.connectionId(), last.data());
      items.add(item);
      bytes += item.length;
    }
    return new Taken(items, last);
  }
}
