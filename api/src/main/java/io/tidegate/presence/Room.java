package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Namespace;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.ServerEvent.Presence.Action;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel's members as this node's clients know them. After a hint the set is read again and
 * the difference told, so that a lost hint costs time and nothing else; hints that come while one
 * is read, or within a second in a large channel, are one. What a server that lost its memory says
 * is read again before anybody is told ({@link Doubt}). Guarded by its monitor, under which
 * watchers are told, so that each hears pages and changes in one order.
 */
final class Room {
  /** Above so many members changes are told once a second. */
  static final int LARGE = 200;

  private static final long BATCH_MILLIS = 1_000;
  private static final long RETRY_MILLIS = 500;

  private final ChannelId channel;
  private final boolean countsOnly;
  private final Rooms rooms;
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  /** Those who have not been told anything yet, and what they know all the same. */
  private final Map<Watcher, Seen> fresh = new LinkedHashMap<>();

  private final RecentChanges recent = new RecentChanges();

  /** What was last read; null before that. */
  private @Nullable Snapshot known;

  private final Doubt doubt;
  private boolean reading;
  private boolean dirty;

  Room(ChannelId channel, Namespace.Presence.Mode mode, Rooms rooms) {
    this.channel = channel;
    this.countsOnly = mode == Namespace.Presence.Mode.OCCUPANCY;
    this.rooms = rooms;
    this.doubt = new Doubt(rooms.believedAfter());
  }

  synchronized void add(Watcher watcher, Seen seen) {
    watchers.add(watcher);
    fresh.put(watcher, seen);
    if (known == null) {
      changed();
    } else {
      rooms.now(() -> begin(watcher));
    }
  }

  /** Whether the room is empty then. */
  synchronized boolean remove(Watcher watcher) {
    watchers.remove(watcher);
    fresh.remove(watcher);
    return watchers.isEmpty();
  }

  synchronized void changed() {
    dirty = true;
    if (!reading) {
      reading = true;
      if (known != null && (countsOnly || known.members().size() > LARGE)) {
        rooms.later(this::read, BATCH_MILLIS);
      } else {
        rooms.now(this::read);
      }
    }
  }

  private void read() {
    Snapshot at;
    synchronized (this) {
      dirty = false;
      at = known;
      if (watchers.isEmpty()) {
        reading = false;
        return;
      }
    }
    Snapshot next = at;
    boolean failed = false;
    try {
      if (at == null || rooms.store().hasChanged(channel, at.epoch(), at.version())) {
        rooms.figures().read();
        next = rooms.store().read(channel);
      }
    } catch (RefusedException away) {
      failed = true;
    }
    synchronized (this) {
      reading = false;
      if (failed) {
        reading = true;
        rooms.later(this::read, RETRY_MILLIS);
      } else if (doubt.of(known, next)) {
        reading = true;
        rooms.later(this::read, BATCH_MILLIS);
      } else {
        become(next);
        if (dirty) {
          changed();
        }
      }
    }
  }

  private void become(@Nullable Snapshot next) {
    Snapshot before = known;
    known = next;
    if (next == null) {
      return;
    }
    if (before != null && before != next) {
      tell(before, next);
    }
    List.copyOf(fresh.keySet()).forEach(this::begin);
  }

  private void tell(Snapshot known, Snapshot next) {
    if (!countsOnly) {
      List<ServerEvent.Presence> events = changes(known.members(), next);
      recent.add(known.version(), events);
      toAll(watcher -> watcher.onChanges(events));
    } else if (known.members().size() != next.members().size()) {
      ServerEvent.Presence event = PresenceFrames.occupancy(channel, next);
      toAll(watcher -> watcher.onPresence(event, null));
    }
  }

  private List<ServerEvent.Presence> changes(Map<String, Member> before, Snapshot next) {
    List<Member> left = new ArrayList<>();
    List<Member> entered = new ArrayList<>();
    List<Member> updated = new ArrayList<>();
    before.forEach(
        (key, member) -> {
          Member now = next.members().get(key);
          if (now == null) {
            left.add(member);
          } else if (!now.equals(member)) {
            updated.add(now);
          }
        });
    next.members()
        .forEach(
            (key, member) -> {
              if (!before.containsKey(key)) {
                entered.add(member);
              }
            });
    List<ServerEvent.Presence> events = new ArrayList<>();
    long version = next.version();
    events.addAll(PresenceFrames.changes(channel, Action.LEAVE, version, left));
    events.addAll(PresenceFrames.changes(channel, Action.ENTER, version, entered));
    events.addAll(PresenceFrames.changes(channel, Action.UPDATE, version, updated));
    return events;
  }

  private void toAll(Consumer<Watcher> event) {
    for (Watcher watcher : watchers) {
      if (!fresh.containsKey(watcher)) {
        event.accept(watcher);
      }
    }
  }

  private synchronized void begin(Watcher watcher) {
    Snapshot at = known;
    Seen seen = at == null ? null : fresh.remove(watcher);
    if (at == null || seen == null) {
      return;
    }
    if (seen.number() == (countsOnly ? at.members().size() : at.version())
        && seen.after().isEmpty()) {
      watcher.onChanges(List.of());
    } else if (countsOnly) {
      watcher.onPresence(PresenceFrames.occupancy(channel, at), null);
    } else {
      List<ServerEvent.Presence> events =
          seen.after().isEmpty() ? recent.since(seen.number()) : null;
      if (events == null) {
        page(watcher, seen.after());
      } else {
        watcher.onChanges(events);
      }
    }
  }

  /** Members behind a key, as the set is now; changes meanwhile were told, and are again. */
  synchronized void page(Watcher watcher, String after) {
    Snapshot at = known;
    if (at != null && !countsOnly && watchers.contains(watcher)) {
      NavigableMap<String, Member> rest = at.behind(after);
      PresenceFrames.Page page = PresenceFrames.sync(channel, at.version(), rest);
      rooms.figures().page();
      watcher.onPresence(page.event(), page.next());
    }
  }
}
