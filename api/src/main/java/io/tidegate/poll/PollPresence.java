package io.tidegate.poll;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.frame.ServerEvent;
import io.tidegate.presence.Presence;
import io.tidegate.presence.Seen;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is present, for one poll. What the client was told stands in its {@code since}: the next
 * poll, on any node, goes on with the next page, with what has changed, or with everybody anew. On
 * the line's event loop.
 */
final class PollPresence {
  /** Keys of pages that go on take so much of a position; who is beyond it begins anew. */
  private static final int MAX_KEY_BYTES = 1_200;

  /** An answer waits so long for a store that does not say who is there. */
  private static final int PATIENCE_SECONDS = 2;

  private final Presence presence;
  private final AppPrincipal who;
  private final List<PollFollowing> channels = new ArrayList<>();
  private boolean patient = true;
  private @Nullable PollLine line;

  private PollPresence(Presence presence, AppPrincipal who) {
    this.presence = presence;
    this.who = who;
  }

  /**
   * @param since what {@link #since} said of these channels; null: nothing was told yet
   * @throws RefusedException POSITION_INVALID
   */
  static PollPresence of(
      Presence presence, AppPrincipal who, List<ChannelName> names, @Nullable String since) {
    PollPresence all = new PollPresence(presence, who);
    PresenceMarks marks = since == null ? null : new PresenceMarks(since);
    for (ChannelName name : names) {
      PresenceMarks.Mark mark = marks == null ? PresenceMarks.Mark.NOTHING : marks.read();
      all.channels.add(new PollFollowing(all, new ChannelId(who.app(), name), mark));
    }
    if (marks != null && marks.hasMore()) {
      throw new RefusedException(
          Refusal.POSITION_INVALID, "the position is not one of a stream of these channels");
    }
    return all;
  }

  void begin(PollLine toLine) {
    line = toLine;
    for (PollFollowing one : channels) {
      PresenceMarks.Mark mark = one.mark();
      presence
          .rooms()
          .watch(
              one.channel(),
              presence.rules(who, one.channel().name()).presence().mode(),
              one,
              new Seen(mark.number(), mark.after()));
    }
    toLine.loop().schedule(this::loseHope, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void loseHope() {
    patient = false;
    PollLine to = line;
    if (to != null) {
      to.flush();
    }
  }

  /** Nothing is told any more. */
  void end() {
    if (line != null) {
      line = null;
      channels.forEach(one -> presence.rooms().unwatch(one.channel(), one));
    }
  }

  void later(Runnable task) {
    PollLine to = line;
    if (to != null) {
      to.loop().execute(task);
    }
  }

  /** Whether there is room for so many bytes more. */
  boolean hasRoom(int bytes) {
    PollLine to = line;
    return to != null && to.hasRoom(bytes);
  }

  void tell(List<ServerEvent.Presence> events) {
    PollLine to = line;
    if (to != null) {
      to.tell(events);
    }
  }

  void page(PollFollowing one, String after) {
    presence.rooms().sync(one.channel(), one, after);
  }

  /** Whether more is about to be told, which belongs into the same answer. */
  boolean isUnsettled() {
    return patient && channels.stream().anyMatch(PollFollowing::isUnsettled);
  }

  String since() {
    PresenceMarks.Writer marks = new PresenceMarks.Writer(MAX_KEY_BYTES);
    channels.forEach(one -> marks.add(one.mark()));
    return marks.text();
  }
}
