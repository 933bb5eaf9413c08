package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Rights;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.frame.ServerEvent;
import io.tidegate.presence.Presence;
import io.tidegate.presence.Watcher;
import io.tidegate.problem.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one client is present, and whose presence it follows. Belongs to its event loop. */
final class Attendance {
  private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

  private final Session session;
  private final Presence presence;

  /** Where it is present, and for how many seconds it stays there when its line breaks. */
  private final Map<ChannelId, Integer> entered = new HashMap<>(2);

  private final Map<ChannelName, Following> following = new HashMap<>(2);

  /** Frames that say where it was when it went on, and wait for room: as many as that needs. */
  private List<ServerEvent.Present> untold = List.of();

  /** Written on the event loop; whoever waits for the store looks. */
  private volatile boolean over;

  /** It went with a word; null while it is here. */
  private boolean saidGoodbye;

  Attendance(Session session, Presence presence) {
    this.session = session;
    this.presence = presence;
  }

  boolean isIn(ChannelName channel) {
    for (ChannelId one : entered.keySet()) {
      if (one.name().equals(channel)) {
        return true;
      }
    }
    return false;
  }

  void entered(ChannelId channel, int graceSeconds) {
    if (over) {
      depart(Map.of(channel, saidGoodbye ? 0 : graceSeconds));
    } else if (entered.put(channel, graceSeconds) == null) {
      session.client().entered();
      session.happenings().entered(session, channel.name());
      presence.figures().enter();
    }
  }

  void left(ChannelId channel) {
    if (entered.remove(channel) != null) {
      session.client().departed();
      session.happenings().left(session, channel.name());
      presence.figures().leave();
    }
  }

  /**
   * It goes on with an older connection: what that one had entered is this one's, as far as it is
   * there still, and the client is told where. While the store is away it is tried again, in turn
   * with the client's commands, for as long as the client is here. May wait.
   */
  void resume(AppPrincipal who) {
    if (over) {
      return;
    }
    try {
      Map<ChannelId, Integer> where = new HashMap<>();
      for (ChannelId channel : presence.resume(who, session.connectionId(), session.number())) {
        where.put(channel, presence.rules(who, channel.name()).presence().graceSeconds());
      }
      session.onLoop(() -> resumed(where));
    } catch (RefusedException away) {
      LOG.debug("a resumed connection's members cannot be taken over yet", away);
      presence.again(() -> session.inTurn(() -> resume(who)));
    } catch (RuntimeException fault) {
      // Its members are the older session's still: they leave when their grace is over, unless it
      // enters again, as it is told to.
      LOG.warn("a resumed connection's members could not be taken over", fault);
      session.onLoop(() -> resumed(Map.of()));
    }
  }

  private void resumed(Map<ChannelId, Integer> graceSeconds) {
    graceSeconds.forEach(this::entered);
    AppPrincipal who = session.principal();
    if (who != null) {
      narrow(who.rights());
    }
    untold =
        ServerEvent.Present.of(
            graceSeconds.keySet().stream()
                .filter(entered::containsKey)
                .map(ChannelId::name)
                .sorted((one, other) -> ChannelName.compare(one.value(), other.value()))
                .toList());
    tellWhere();
  }

  private void tellWhere() {
    while (!untold.isEmpty() && session.outbox().transport().isWritable()) {
      ServerEvent.Present next = untold.getFirst();
      untold = untold.subList(1, untold.size());
      session.tell(next);
    }
  }

  void follow(ChannelId channel, Namespace.Presence.Mode mode) {
    Following one = new Following(channel);
    following.put(channel.name(), one);
    presence.rooms().watch(channel, mode, one);
  }

  void unfollow(ChannelName channel) {
    Following one = following.remove(channel);
    if (one != null) {
      presence.rooms().unwatch(one.channel, one);
    }
  }

  /** Leaves where these rights no longer let it be. */
  void narrow(Rights rights) {
    for (ChannelId channel : List.copyOf(entered.keySet())) {
      if (!rights.allow(Operation.PRESENCE, channel.name())) {
        left(channel);
        depart(Map.of(channel, 0));
      }
    }
  }

  /** There is room again for pages that waited. */
  void writable() {
    tellWhere();
    following.values().forEach(Following::goOn);
  }

  /**
   * The connection is over.
   *
   * @param goodbye whether the client is not expected back
   */
  void end(boolean goodbye) {
    over = true;
    saidGoodbye = goodbye;
    untold = List.of();
    List.copyOf(following.keySet()).forEach(this::unfollow);
    Map<ChannelId, Integer> gone = new HashMap<>(entered);
    gone.keySet().forEach(this::left);
    if (goodbye) {
      gone.replaceAll((channel, grace) -> 0);
    }
    depart(gone);
  }

  private void depart(Map<ChannelId, Integer> graceSeconds) {
    AppPrincipal who = session.principal();
    if (who != null && !graceSeconds.isEmpty()) {
      presence.gone(who, graceSeconds, session.connectionId(), session.number());
    }
  }

  /** One channel's presence; pages wait while the client does not read. */
  private final class Following implements Watcher {
    private final ChannelId channel;

    /** What the next page is behind; null when none is waited for. */
    private @Nullable String next;

    Following(ChannelId channel) {
      this.channel = channel;
    }

    @Override
    public void onPresence(ServerEvent.Presence event, @Nullable String behind) {
      session.onLoop(() -> tell(event, behind));
    }

    private void tell(ServerEvent.Presence event, @Nullable String behind) {
      if (following.get(channel.name()) == this) {
        session.tell(event);
        if (behind != null) {
          next = behind;
          goOn();
        }
      }
    }

    private void goOn() {
      String behind = next;
      if (behind != null && session.outbox().transport().isWritable()) {
        next = null;
        presence.rooms().sync(channel, this, behind);
      }
    }
  }
}
