package io.tidegate.presence;

import io.tidegate.frame.ServerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel's last changes as this node told them, for clients who ask again and again: they are
 * told what is new and not everybody. Guarded by the room.
 */
final class RecentChanges {
  /** In a large channel, told once a second, as long as a poll may be on its way. */
  private static final int MAX_CHANGES = 32;

  /** Beyond that whoever asks is told everybody, in pages. */
  private static final int MAX_BYTES = 32 << 10;

  private final Deque<Change> changes = new ArrayDeque<>();
  private int bytes;

  /**
   * @param from the version of the set before it
   */
  private record Change(long from, List<ServerEvent.Presence> events) {
    int bytes() {
      return size(events);
    }
  }

  static int size(List<ServerEvent.Presence> events) {
    int size = 0;
    for (ServerEvent.Presence event : events) {
      byte[] members = event.members();
      size += members == null ? 0 : members.length;
    }
    return size;
  }

  void add(long from, List<ServerEvent.Presence> events) {
    Change change = new Change(from, List.copyOf(events));
    changes.add(change);
    bytes += change.bytes();
    while (bytes > MAX_BYTES || changes.size() > MAX_CHANGES) {
      bytes -= changes.remove().bytes();
    }
  }

  /** What happened since that version; null when it is not known any more. */
  @Nullable List<ServerEvent.Presence> since(long version) {
    List<ServerEvent.Presence> found = null;
    for (Change change : changes) {
      if (found == null && change.from() == version) {
        found = new ArrayList<>();
      }
      if (found != null) {
        found.addAll(change.events());
      }
    }
    return found;
  }
}
