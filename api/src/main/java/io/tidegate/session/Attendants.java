package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Namespace;
import io.tidegate.frame.ServerEvent;
import io.tidegate.presence.Presence;
import io.tidegate.problem.RefusedException;

/** Carries out what clients ask about presence; on their lanes, as {@link Commands} has it. */
final class Attendants {
  private final Presence presence;

  Attendants(Presence presence) {
    this.presence = presence;
  }

  void change(Session session, AppPrincipal who, Command.Presence asked) {
    switch (asked.action()) {
      case ENTER -> enter(session, who, asked, false);
      case UPDATE -> {
        enter(session, who, asked, true);
        session.onLoop(() -> session.happenings().updated(session, asked.id(), asked.channel()));
      }
      case LEAVE -> leave(session, who, asked.channel());
    }
    String id = asked.id();
    if (id != null) {
      ServerEvent done = new ServerEvent.PresenceDone(id, asked.channel());
      session.onLoop(() -> session.tell(done));
    }
  }

  private void enter(
      Session session, AppPrincipal who, Command.Presence asked, boolean onlyUpdate) {
    Namespace rules = presence.rules(who, asked.channel());
    int grace = rules.presence().graceSeconds();
    ChannelId channel = new ChannelId(who.app(), asked.channel());
    boolean mayBeIn = true;
    try {
      presence.enter(
          who, asked.channel(), session.connectionId(), session.number(), asked.data(), onlyUpdate);
    } catch (RefusedException refused) {
      mayBeIn = refused.refusal().httpStatus() >= 500;
      throw refused;
    } finally {
      if (mayBeIn) {
        // A store that did not answer may have it all the same: then it leaves with the session.
        session.onLoop(() -> session.attendance().entered(channel, grace));
      }
    }
  }

  void leave(Session session, AppPrincipal who, ChannelName name) {
    if (who.clientId() != null && session.protocol().interactive()) {
      ChannelId channel = new ChannelId(who.app(), name);
      presence.leave(who, channel, session.connectionId(), session.number());
      session.onLoop(() -> session.attendance().left(channel));
    }
  }

  void page(Session session, AppPrincipal who, Command.PresenceGet asked) {
    Presence.Page page = presence.page(who, asked.channel(), asked.limit(), asked.after());
    String id = asked.id();
    if (id != null) {
      ServerEvent answer =
          new ServerEvent.PresencePage(
              id, asked.channel(), page.version(), page.count(), page.members(), page.cursor());
      session.onLoop(() -> session.tell(answer));
    }
  }
}
