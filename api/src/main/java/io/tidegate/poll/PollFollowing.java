package io.tidegate.poll;

import io.tidegate.channel.ChannelId;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.ServerEvent.Presence.Action;
import io.tidegate.presence.Watcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One channel's presence in one poll, and where it leaves the client. */
final class PollFollowing implements Watcher {
  /** A page of members is no larger. */
  private static final int PAGE_BYTES = 24 << 10;

  private final PollPresence poll;
  private final ChannelId channel;

  // On the event loop.
  private PresenceMarks.Mark mark;
  private boolean settled;
  private boolean begun;

  /** The client knows the set of the mark's version, so that changes follow it. */
  private boolean inSync;

  PollFollowing(PollPresence poll, ChannelId channel, PresenceMarks.Mark mark) {
    this.poll = poll;
    this.channel = channel;
    this.mark = mark;
  }

  ChannelId channel() {
    return channel;
  }

  PresenceMarks.Mark mark() {
    return mark;
  }

  boolean isUnsettled() {
    return !settled;
  }

  @Override
  public void onPresence(ServerEvent.Presence event, @Nullable String next) {
    poll.later(() -> told(event, next));
  }

  @Override
  public void onChanges(List<ServerEvent.Presence> events) {
    poll.later(() -> changed(events));
  }

  private void told(ServerEvent.Presence event, @Nullable String next) {
    begun = true;
    Long count = event.count();
    if (count != null) {
      mark = new PresenceMarks.Mark(count, 0, "");
      settled = true;
    } else if (event.action() == Action.SYNC) {
      page(event.version(), next);
    }
    poll.tell(List.of(event));
    if (!settled) {
      poll.page(this, mark.after());
    }
  }

  /** What changed since the first page is told when the last one was. */
  private void page(long version, @Nullable String next) {
    long first = mark.after().isEmpty() ? version : mark.first();
    if (next == null) {
      mark = new PresenceMarks.Mark(first, 0, "");
      inSync = first == version;
      settled = true;
    } else {
      mark = new PresenceMarks.Mark(-1, first, next);
      settled = !poll.hasRoom(PAGE_BYTES);
    }
  }

  private void changed(List<ServerEvent.Presence> events) {
    if (!begun) {
      // With what it missed, or nothing: it knew all the rest.
      begun = true;
      inSync = true;
      settled = true;
    }
    if (!inSync || events.isEmpty()) {
      return;
    }
    if (fits(events)) {
      mark = new PresenceMarks.Mark(events.getLast().version(), 0, "");
      poll.tell(events);
    } else {
      // In pages, which need not be of one answer.
      inSync = false;
      settled = !poll.hasRoom(PAGE_BYTES);
      mark = PresenceMarks.Mark.NOTHING;
      if (!settled) {
        poll.page(this, "");
      } else {
        poll.tell(List.of());
      }
    }
  }

  private boolean fits(List<ServerEvent.Presence> events) {
    int bytes = 0;
    for (ServerEvent.Presence event : events) {
      byte[] members = event.members();
      bytes += 128 + (members == null ? 0 : members.length);
    }
    return poll.hasRoom(bytes);
  }
}
