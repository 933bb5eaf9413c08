package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Presence on a single node, in its heap; a restart empties it. Guarded by its monitor. */
public final class MemoryPresence implements PresenceStore {
  private static final String EPOCH = "m";

  private final LongSupplier nanoTime;

  /** Channels with members: as many as clients may enter, each bounded by its rules. */
  private final Map<ChannelId, Room> channels = new HashMap<>();

  /** Where each connection is present. */
  private final Map<String, Set<ChannelId>> byConnection = new HashMap<>();

  /** Those who leave unless they come back; an entry that was overtaken is found out when due. */
  private final PriorityQueue<Held> held =
      new PriorityQueue<>((a, b) -> Long.signum(a.atNanos() - b.atNanos()));

  /** Of the last change anywhere: so a channel's rises when it was empty in between, too. */
  private long version;

  private volatile @Nullable PresenceListener listener;

  /** One channel's members, by key. */
  private static final class Room {
    private final TreeMap<String, Place> places = new TreeMap<>();
    private long version;
  }

  /**
   * @param hold what it leaves by; null while its client is there
   */
  private record Place(Member member, long session, @Nullable Held hold) {}

  private record Held(ChannelId channel, String key, long atNanos) {}

  /**
   * @param firstVersion more than any before a restart: the time in ms
   */
  public MemoryPresence(LongSupplier nanoTime, long firstVersion) {
    this.nanoTime = nanoTime;
    this.version = firstVersion;
  }

  @Override
  public Entered enter(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    Entered entered = put(channel, member, session, most, onlyUpdate);
    if (entered.outcome() == Outcome.IN) {
      tell(channel);
    }
    return entered;
  }

  private synchronized Entered put(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    Room room = channels.computeIfAbsent(channel, first -> new Room());
    Place before = room.places.get(member.key());
    int members = room.places.size();
    if (before == null && (onlyUpdate || members >= most)) {
      closeIfEmpty(channel, room);
      return new Entered(onlyUpdate ? Outcome.ABSENT : Outcome.FULL, members);
    }
    if (before != null && SessionNumber.isLater(before.session(), session)) {
      return new Entered(Outcome.IN, members);
    }
    room.places.put(member.key(), new Place(member, session, null));
    byConnection.computeIfAbsent(member.connectionId(), first -> new HashSet<>()).add(channel);
    if (before == null || !before.member().equals(member)) {
      room.version = ++version;
    }
    return new Entered(Outcome.IN, room.places.size());
  }

  @Override
  public void leave(ChannelId channel, String key, long session) {
    if (removed(channel, key, session)) {
      tell(channel);
    }
  }

  private synchronized boolean removed(ChannelId channel, String key, long session) {
    Place place = find(channel, key);
    if (place == null || place.session() != session) {
      return false;
    }
    remove(channel, key);
    return true;
  }

  private @Nullable Place find(ChannelId channel, String key) {
    Room room = channels.get(channel);
    return room == null ? null : room.places.get(key);
  }

  private void put(ChannelId channel, String key, Place place) {
    Room room = channels.get(channel);
    if (room != null) {
      room.places.put(key, place);
    }
  }

  private void remove(ChannelId channel, String key) {
    Room room = channels.get(channel);
    Place place = room == null ? null : room.places.remove(key);
    if (room == null || place == null) {
      return;
    }
    room.version = ++version;
    closeIfEmpty(channel, room);
    byConnection.computeIfPresent(
        place.member().connectionId(),
        (id, where) -> {
          where.remove(channel);
          return where.isEmpty() ? null : where;
        });
  }

  private void closeIfEmpty(ChannelId channel, Room room) {
    if (room.places.isEmpty()) {
      channels.remove(channel);
    }
  }

  @Override
  public synchronized void hold(ChannelId channel, String key, long session, Duration grace) {
    Place place = find(channel, key);
    if (place != null && place.session() == session) {
      Held until = new Held(channel, key, nanoTime.getAsLong() + grace.toNanos());
      put(channel, key, new Place(place.member(), session, until));
      held.add(until);
    }
  }

  @Override
  public synchronized List<ChannelId> resume(String clientId, String connectionId, long session) {
    List<ChannelId> found = new ArrayList<>();
    String key = Member.key(clientId, connectionId);
    for (ChannelId channel : byConnection.getOrDefault(connectionId, Set.of())) {
      Place place = find(channel, key);
      if (place != null && !SessionNumber.isLater(place.session(), session)) {
        put(channel, key, new Place(place.member(), session, null));
        found.add(channel);
      }
    }
    return found;
  }

  /** Takes out who did not come back; called by the clock, each second or more often. */
  public void sweep() {
    for (ChannelId changed : expire()) {
      tell(changed);
    }
  }

  private synchronized Set<ChannelId> expire() {
    Set<ChannelId> changed = new HashSet<>();
    long now = nanoTime.getAsLong();
    while (!held.isEmpty() && held.element().atNanos() - now <= 0) {
      Held due = held.remove();
      Place place = find(due.channel(), due.key());
      if (place != null && place.hold() == due) {
        remove(due.channel(), due.key());
        changed.add(due.channel());
      }
    }
    return changed;
  }

  @Override
  public synchronized Snapshot read(ChannelId channel) {
    TreeMap<String, Member> members = new TreeMap<>();
    Room room = channels.get(channel);
    if (room == null) {
      return new Snapshot(EPOCH, version, members);
    }
    room.places.forEach((key, place) -> members.put(key, place.member()));
    return new Snapshot(EPOCH, room.version, members);
  }

  @Override
  public synchronized @Nullable Own own(ChannelId channel, String clientId, String connectionId) {
    Place place = find(channel, Member.key(clientId, connectionId));
    return place == null || place.hold() != null ? null : own(channel, place);
  }

  @Override
  public void own(Consumer<Own> visitor) {
    List<Own> all = new ArrayList<>();
    synchronized (this) {
      channels.forEach(
          (channel, room) ->
              room.places.values().stream()
                  .filter(place -> place.hold() == null)
                  .forEach(place -> all.add(own(channel, place))));
    }
    all.forEach(visitor);
  }

  private static Own own(ChannelId channel, Place place) {
    return new Own(channel, place.member(), SessionNumber.turn(place.session()));
  }

  @Override
  public synchronized boolean hasChanged(ChannelId channel, String epoch, long known) {
    Room room = channels.get(channel);
    return known != (room == null ? version : room.version);
  }

  @Override
  public void listen(PresenceListener toListener) {
    listener = toListener;
  }

  private void tell(ChannelId channel) {
    PresenceListener to = listener;
    if (to != null) {
      to.onChange(channel);
    }
  }

  @Override
  public void close() {}
}
