package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Head;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.channel.Position;
import io.tidegate.frame.ServerEvent;
import io.tidegate.hub.Hub;
import io.tidegate.hub.Start;
import io.tidegate.hub.Subscription;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one client is subscribed to. Belongs to its event loop. */
final class Subscriptions {
  /** A connection holds no more, whatever its tenant's limit says. */
  static final int MAX = 1_000;

  private static final String SUBSCRIBE = Operation.SUBSCRIBE.wireName();

  private final Session session;
  private final Hub hub;
  private final Map<ChannelName, Joined> joined = new LinkedHashMap<>(2);

  /** A subscription and the id of the request for it, until it was answered. */
  static final class Joined {
    private @Nullable String id;
    private @Nullable Subscription subscription;

    /** Anyone may subscribe here: no right is needed, so none can be lost. */
    private final boolean open;

    /** When it was asked for; s since 1970. */
    private final int sinceSeconds = (int) Instant.now().getEpochSecond();

    /** Which presence to tell; null for none. */
    private Namespace.Presence.@Nullable Mode presence;

    /** That presence is to be told, too, was asked before it began; answered when it has. */
    private @Nullable Widening widening;

    Joined(@Nullable String id, boolean open, Namespace.Presence.@Nullable Mode presence) {
      this.id = id;
      this.open = open;
      this.presence = presence;
    }

    /** Null until the hub has taken it. */
    @Nullable Subscription subscription() {
      return subscription;
    }

    /** When it was asked for, to the second. */
    long sinceMillis() {
      return sinceSeconds * 1_000L;
    }
  }

  /**
   * Asked for presence of a channel that is subscribed already.
   *
   * @param id of the request
   */
  private record Widening(@Nullable String id) {}

  Subscriptions(Session session, Hub hub) {
    this.session = session;
    this.hub = hub;
  }

  private List<ChannelName> channels() {
    return List.copyOf(joined.keySet());
  }

  int count() {
    return joined.size();
  }

  /** Each of them by its channel, in the order in which they were asked for; a live view. */
  Map<ChannelName, Joined> all() {
    return Collections.unmodifiableMap(joined);
  }

  boolean isBehind() {
    for (Joined one : joined.values()) {
      if (one.subscription != null && one.subscription.isBehind()) {
        return true;
      }
    }
    return false;
  }

  void begin(
      @Nullable String id, ChannelId channel, Start start, Namespace rules, boolean presence) {
    if (session.isEnded()) {
      return;
    }
    ChannelName name = channel.name();
    Joined known = joined.get(name);
    if (known != null && presence && known.presence == null && start instanceof Start.Live) {
      widen(known, new Widening(id), channel, rules.presence().mode());
      return;
    }
    RefusedException refused = refusal(name);
    if (refused != null) {
      session.refused(id, refused.in(SUBSCRIBE, name.value()), name);
      return;
    }
    Joined entry = new Joined(id, rules.open(), presence ? rules.presence().mode() : null);
    joined.put(name, entry);
    session.happenings().joins(session, name);
    boolean conflate = rules.conflate() == Namespace.Conflate.LATEST;
    Outbox outbox = session.outbox();
    Subscription subscription = hub.subscribe(channel, session.loop(), outbox, start, conflate);
    if (joined.get(name) == entry) {
      entry.subscription = subscription;
    } else {
      subscription.end();
    }
    outbox.flush();
  }

  /** Its presence is told from here on, too; its messages go on as they are. */
  private void widen(
      Joined entry, Widening asked, ChannelId channel, Namespace.Presence.Mode presence) {
    entry.presence = presence;
    Subscription subscription = entry.subscription;
    Position at = subscription == null ? null : subscription.position();
    if (subscription == null || at == null) {
      entry.widening = asked;
      return;
    }
    answer(subscription, asked.id(), at, false, null);
    session.outbox().flush();
    session.attendance().follow(channel, presence);
  }

  private void answer(
      Subscription subscription,
      @Nullable String id,
      Position at,
      boolean resumed,
      Head.Resume.@Nullable Lost lost) {
    session
        .outbox()
        .event(
            new ServerEvent.Subscribed(
                id, subscription.channel(), at, resumed, lost, subscription.conflated()));
  }

  private @Nullable RefusedException refusal(ChannelName channel) {
    if (joined.containsKey(channel)) {
      return new RefusedException(Refusal.ALREADY_SUBSCRIBED, "this connection has the channel");
    }
    int most = session.client().maxSubscriptions();
    return joined.size() < most
        ? null
        : session
            .client()
            .quota()
            .refuse(
                Limit.SUBSCRIPTIONS_PER_CONNECTION,
                Refusal.SUBSCRIPTION_LIMIT_REACHED,
                "a connection may have " + most + " subscriptions (subscriptionsPerConnection)");
  }

  /** It begins behind {@code at}. */
  void begun(Subscription subscription, Position at, Head.Resume.@Nullable Lost lost) {
    Joined entry = joined.get(subscription.channel().name());
    if (entry == null) {
      return;
    }
    boolean resumed = subscription.start() instanceof Start.Since && lost == null;
    answer(subscription, entry.id, at, resumed, lost);
    session.happenings().subscribed(session, entry.id, subscription.channel().name());
    entry.id = null;
    if (subscription.start() instanceof Start.Since given
        && lost != null
        && lost != Head.Resume.Lost.AHEAD) {
      session.outbox().lost(subscription, given.position(), at, lost);
    }
    if (entry.widening != null) {
      answer(subscription, entry.widening.id(), at, false, null);
      entry.widening = null;
    }
    if (entry.presence != null) {
      session.attendance().follow(subscription.channel(), entry.presence);
    }
  }

  /** It could not begin. */
  void failed(Subscription subscription, RefusedException refused) {
    ChannelName channel = subscription.channel().name();
    Joined entry = joined.remove(channel);
    if (entry != null) {
      session.happenings().parts(session, channel);
    }
    RefusedException told = refused.in(SUBSCRIBE, channel.value());
    if (session.protocol().interactive()) {
      session.refused(entry == null ? null : entry.id, told, channel);
      if (entry != null && entry.widening != null) {
        session.refused(entry.widening.id(), told, channel);
      }
    } else {
      session.end(told);
    }
  }

  void end(@Nullable String id, ChannelName channel) {
    drop(id, channel, null);
    if (id != null) {
      session.tell(new ServerEvent.UnsubscribeDone(id, channel));
    }
  }

  /** Ends, and says so, what the client's rights no longer grant. */
  void narrow(AppPrincipal who) {
    for (ChannelName channel : channels()) {
      Joined entry = joined.get(channel);
      RefusedException lost = entry != null && entry.open ? null : lost(who, channel);
      if (lost != null) {
        drop(null, channel, lost);
        session.client().lost(lost);
        session.tell(
            new ServerEvent.Unsubscribed(
                channel, lost.refusal(), "subscribe is no longer granted"));
      }
    }
  }

  private static @Nullable RefusedException lost(AppPrincipal who, ChannelName channel) {
    try {
      who.require(Operation.SUBSCRIBE, channel);
      return null;
    } catch (RefusedException lost) {
      return lost;
    }
  }

  private void drop(@Nullable String id, ChannelName channel, @Nullable RefusedException reason) {
    Joined entry = joined.remove(channel);
    if (entry != null) {
      session.happenings().parts(session, channel);
      session.happenings().unsubscribed(session, id, channel, reason);
    }
    if (entry != null && entry.subscription != null) {
      entry.subscription.end();
    }
    if (entry != null && entry.presence != null) {
      session.attendance().unfollow(channel);
    }
  }

  void endAll() {
    for (Joined entry : new ArrayList<>(joined.values())) {
      if (entry.subscription != null) {
        entry.subscription.end();
      }
    }
    for (ChannelName channel : channels()) {
      session.happenings().parts(session, channel);
      session.happenings().unsubscribed(session, null, channel, null);
    }
    joined.clear();
  }
}
