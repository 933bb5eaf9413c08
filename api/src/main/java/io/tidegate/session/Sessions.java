package io.tidegate.session;

import io.netty.util.concurrent.EventExecutor;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.frame.WireFormat;
import io.tidegate.hook.ConnectHook;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Hub;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Quotas;
import io.tidegate.metalog.MetaLog;
import io.tidegate.presence.Presence;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import io.tidegate.roster.Moves;
import io.tidegate.usage.Meters;
import io.tidegate.webhook.standing.Witness;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The clients connected to this node: made here, found here, told here that rights changed. */
public final class Sessions {
  private final Hub hub;
  private final Commands commands;
  private final Authenticator authenticator;
  private final ConnectionKeys keys;
  private final Meters meters;
  private final ToldRefusals told;
  private final Happenings happenings;
  private final Presence presence;
  private final Executor blocking;
  private final InstantSource clock;
  private final Holders holders;
  private final Admission admission;
  private final ConcurrentHashMap<EventExecutor, Wheel> wheels = new ConcurrentHashMap<>();
  private final Map<Refusal, LongAdder> ends = new ConcurrentHashMap<>();
  private final LongAdder opened = new LongAdder();
  private final Queues queues;
  private final Entrance entrance;

  /**
   * What all clients together may ask of this node.
   *
   * @param acceptedPerSecond how many may come in a second; 0: any number
   * @param queuedBytes what may wait
   */
  public record Bounds(int acceptedPerSecond, long queuedBytes) {}

  /**
   * @param blocking virtual threads
   */
  public Sessions(
      Hub hub,
      Commands commands,
      Quotas quotas,
      Authenticator authenticator,
      ConnectionKeys keys,
      Meters meters,
      ToldRefusals told,
      MetaLog log,
      Witness witness,
      Bounds bounds,
      Presence presence,
      Moves moves,
      ConnectHook hook,
      Executor blocking,
      InstantSource clock) {
    this.hub = hub;
    this.commands = commands;
    this.authenticator = authenticator;
    this.keys = keys;
    this.meters = meters;
    this.told = told;
    this.happenings = new Happenings(log, witness);
    this.presence = presence;
    this.blocking = blocking;
    this.clock = clock;
    this.holders = new Holders(moves);
    this.admission = new Admission(quotas, keys, holders, hook);
    this.queues = new Queues(bounds.queuedBytes(), hub);
    this.entrance =
        new Entrance(
            bounds.acceptedPerSecond(), queues::isNearlyFull, this::count, System::nanoTime);
  }

  /** Where clients come in; asked before {@link #admit}. */
  public Entrance entrance() {
    return entrance;
  }

  /** What waits for all of them. */
  public Queues queues() {
    return queues;
  }

  /**
   * Lets a client in that has shown who it is, as far as its tenant's limits and its app's connect
   * hook go, which may make less of it; its connection is counted when it is {@link
   * Session#authenticated}. May wait for the database and for the hook.
   *
   * @param resumeKey the connection it goes on with, whose place it takes; or null
   * @throws RefusedException CONNECTION_LIMIT_REACHED, CONNECT_RATE_EXCEEDED, HOOK_REFUSED or
   *     HOOK_UNAVAILABLE
   */
  public Admitted admit(
      AppPrincipal who, @Nullable String resumeKey, Protocol protocol, Arrival arrival) {
    return admission.admit(who, resumeKey, protocol, arrival);
  }

  /** The same for a connection that shows a fresh token. */
  Admitted admitAgain(AppPrincipal who, Session session) {
    return admission.admitAgain(who, session.protocol(), session.arrival());
  }

  /** What a client may. May wait for the database. */
  public ClientQuota quota(AppPrincipal who) {
    return admission.quota(who);
  }

  /** A client has connected; on its event loop, which the session then belongs to. */
  public Session open(
      EventExecutor executor,
      Protocol protocol,
      Transport transport,
      WireFormat format,
      Arrival arrival) {
    FanoutLoop loop = hub.loop(executor);
    Session session = new Session(this, protocol, loop, transport, format, arrival);
    opened.increment();
    wheels
        .computeIfAbsent(executor, on -> new Wheel(on, clock, queues.of(on)))
        .add(session, Vitals.AUTH_SECONDS);
    return session;
  }

  /** The session has an identity: it is found by its id, and an older one of that id ends. */
  void authenticated(Session session, AppPrincipal who) {
    holders.take(session, who.app());
  }

  /**
   * A stream that was opened with a ticket: one at a time has it, so an older one ends. On the
   * session's loop.
   *
   * @param again not for the first time
   */
  public void holdTicket(Session session, AppId app, String ticketId, boolean again) {
    session.holdTicket(ticketId);
    holders.take(session, app, ticketId, again);
  }

  void left(Session session) {
    holders.leave(session);
  }

  /** Counts why sessions were ended by us. */
  void countEnd(RefusedException reason) {
    RefusalCounts.count(reason.refusal());
    ends.computeIfAbsent(reason.refusal(), refusal -> new LongAdder()).increment();
  }

  /** The node that they are connected to. */
  public String node() {
    return keys.node();
  }

  public @Nullable Session find(String connectionId) {
    return holders.find(connectionId);
  }

  public int count() {
    return holders.all().size();
  }

  /** Those who speak a protocol, by its name; walks over all. */
  public long count(String protocol) {
    return holders.all().stream().filter(one -> one.protocol().name().equals(protocol)).count();
  }

  /** Of all connections; walks over them. */
  public long subscriptions() {
    return holders.all().stream().mapToLong(one -> one.progress().subscriptions()).sum();
  }

  /** What waits for clients' sockets, of all connections; walks over them. */
  public long unsentBytes() {
    return holders.all().stream().mapToLong(one -> one.progress().unsentBytes()).sum();
  }

  /** Authenticated sessions that fit, in no order. */
  public List<Session> matching(Predicate<Session> fits) {
    return holders.all().stream().filter(fits).toList();
  }

  /**
   * Every client here that subscribes to a channel, and how far it is; each on its own loop, so
   * what it is told to must not wait. Completes behind the last.
   */
  public CompletionStage<Void> subscribers(
      ChannelId channel, BiConsumer<Session, Pursuit> visitor) {
    return hub.visit(
        channel,
        subscription -> {
          if (subscription.subscriber() instanceof Outbox outbox) {
            Session session = outbox.session();
            Pursuit pursuit = session.progress().pursuit(channel.name());
            if (pursuit != null) {
              visitor.accept(session, pursuit);
            }
          }
        });
  }

  public List<Session> ofApp(AppId app) {
    return matching(
        session -> {
          AppPrincipal who = session.principal();
          return who != null && who.app().equals(app);
        });
  }

  /**
   * Looks at every live connection of an app anew: what was revoked ends, what was narrowed
   * shrinks. Called off the loops after each change of keys, tokens or the app itself.
   */
  public void recheck(AppId app) {
    for (Session session : ofApp(app)) {
      AppPrincipal who = session.principal();
      if (who != null) {
        recheck(session, who);
      }
    }
  }

  private void recheck(Session session, AppPrincipal who) {
    try {
      AppPrincipal now = authenticator.recheck(who);
      if (!now.equals(who)) {
        session.onLoop(() -> session.client().narrow(now));
      }
    } catch (RefusedException refused) {
      if (refused.refusal().httpStatus() < 500) {
        session.onLoop(() -> session.end(refused));
      }
    }
  }

  /** How often sessions were ended, by reason; live views. */
  public Map<Refusal, LongAdder> ends() {
    return ends;
  }

  public long opened() {
    return opened.sum();
  }

  /** No more checks; for a node that has drained. */
  public void stop() {
    wheels.values().forEach(Wheel::stop);
  }

  Hub hub() {
    return hub;
  }

  Presence presence() {
    return presence;
  }

  Happenings happenings() {
    return happenings;
  }

  ToldRefusals told() {
    return told;
  }

  Meters meters() {
    return meters;
  }

  public Commands commands() {
    return commands;
  }

  ConnectionKeys keys() {
    return keys;
  }

  Executor blocking() {
    return blocking;
  }
}
