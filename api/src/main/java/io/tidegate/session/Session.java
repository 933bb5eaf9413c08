package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Head;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.channel.Position;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Start;
import io.tidegate.hub.Subscription;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: who it is, and what it is subscribed to. Belongs to its event loop; fields
 * that others read are volatile.
 */
public final class Session {
  /** A connection holds no more subscriptions, whatever its tenant's limit says. */
  public static final int MAX_SUBSCRIPTIONS = 1_000;

  private final Sessions sessions;
  private final Protocol protocol;
  private final FanoutLoop loop;
  private final Outbox outbox;
  private final Lane lane;
  private final Vitals vitals;
  private final Instant openedAt = Instant.now();
  private final String address;
  private final @Nullable String origin;
  private final Map<ChannelName, Joined> joined = new LinkedHashMap<>(2);
  private volatile String connectionId;
  private volatile @Nullable AppPrincipal principal;
  private boolean echo = true;

  /** The ticket that opened it, for streams; null else. */
  private @Nullable String ticketId;

  private boolean ended;

  /** A subscription and the id of the request for it, until it was answered. */
  private static final class Joined {
    private @Nullable String id;
    private @Nullable Subscription subscription;

    /** Anyone may subscribe here: no right is needed, so none can be lost. */
    private final boolean open;

    Joined(@Nullable String id, boolean open) {
      this.id = id;
      this.open = open;
    }
  }

  Session(
      Sessions sessions,
      Protocol protocol,
      FanoutLoop loop,
      Transport transport,
      WireFormat format,
      String address,
      @Nullable String origin) {
    this.sessions = sessions;
    this.protocol = protocol;
    this.loop = loop;
    this.outbox = new Outbox(this, transport, format);
    this.lane = new Lane(sessions.blocking(), () -> onLoop(this::updateReading));
    this.vitals = new Vitals(this);
    this.address = address;
    this.origin = origin;
    this.connectionId = sessions.keys().newId();
  }

  public String connectionId() {
    return connectionId;
  }

  public Protocol protocol() {
    return protocol;
  }

  public String address() {
    return address;
  }

  /** Whose page opened it; null when it was no browser. */
  @Nullable String origin() {
    return origin;
  }

  public Instant openedAt() {
    return openedAt;
  }

  /** Null until the client has shown a credential. */
  public @Nullable AppPrincipal principal() {
    return principal;
  }

  boolean echo() {
    return echo;
  }

  void holdTicket(String id) {
    ticketId = id;
  }

  @Nullable String ticketId() {
    return ticketId;
  }

  FanoutLoop loop() {
    return loop;
  }

  Outbox outbox() {
    return outbox;
  }

  Vitals vitals() {
    return vitals;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isBehind() {
    for (Joined one : joined.values()) {
      if (one.subscription != null && one.subscription.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /** The channels of its subscriptions; on the loop. */
  public List<ChannelName> channels() {
    return List.copyOf(joined.keySet());
  }

  /** How many subscriptions it has; read racily elsewhere. */
  public int subscriptions() {
    return joined.size();
  }

  public void onLoop(Runnable task) {
    if (loop.executor().inEventLoop()) {
      task.run();
    } else {
      loop.executor().execute(task);
    }
  }

  // ---- what the edge calls, on the loop

  /** The client sent something that its edge has understood. */
  public void receive(Command command) {
    vitals.heard();
    if (command instanceof Command.Ping ping) {
      tell(new ServerEvent.Pong(ping.id()));
      return;
    }
    lane.add(() -> sessions.commands().handle(this, command));
    updateReading();
  }

  /** The client sent something that its edge has refused. */
  public void refuse(@Nullable String id, RefusedException refused) {
    vitals.heard();
    tell(refusal(id, refused, null));
  }

  /** Any sign of life. */
  public void heard() {
    vitals.heard();
  }

  public void writabilityChanged() {
    outbox.writabilityChanged();
    updateReading();
  }

  /** The line is gone. */
  public void closed() {
    if (!ended) {
      leave();
    }
  }

  // ---- what commands do, on the loop

  /** The client has shown who it is, for the first time. */
  public void authenticated(AppPrincipal who, @Nullable String resumeKey, boolean withEcho) {
    if (ended) {
      return;
    }
    String resumed = resumeKey == null ? null : sessions.keys().idOf(resumeKey, who);
    if (resumed != null) {
      connectionId = resumed;
    }
    principal = who;
    echo = withEcho;
    sessions.authenticated(this);
    String key = protocol.interactive() ? sessions.keys().keyOf(connectionId, who) : null;
    tell(
        new ServerEvent.Connected(
            connectionId,
            key,
            resumed != null,
            who.clientId(),
            protocol.pingSeconds() * 1000L,
            sessions.maxMessageBytes(),
            protocol.interactive() ? (long) MAX_SUBSCRIPTIONS : null));
  }

  /** The same client with a fresh token: rights may shrink at once, identity may not change. */
  void renewed(@Nullable String id, AppPrincipal who) {
    AppPrincipal before = principal;
    if (ended || before == null) {
      return;
    }
    boolean same =
        before.app().equals(who.app())
            && java.util.Objects.equals(before.clientId(), who.clientId());
    if (!same) {
      end(new RefusedException(Refusal.IDENTITY_CHANGED, "the token is of another client or app"));
      return;
    }
    narrow(who);
    vitals.renewed();
    if (id != null) {
      tell(new ServerEvent.Authenticated(id, who.expiresAt() * 1000));
    }
  }

  /** Its rights are these now: subscriptions that are no longer granted end. */
  void narrow(AppPrincipal who) {
    principal = who;
    for (ChannelName channel : channels()) {
      Joined entry = joined.get(channel);
      boolean open = entry != null && entry.open;
      if (!open && !who.rights().allow(Operation.SUBSCRIBE, channel)) {
        drop(channel);
        tell(
            new ServerEvent.Unsubscribed(
                channel, Refusal.CAPABILITY_REFUSED, "subscribe is no longer granted"));
      }
    }
  }

  void subscribe(@Nullable String id, ChannelId channel, Start start, Namespace rules) {
    if (ended) {
      return;
    }
    ChannelName name = channel.name();
    if (joined.containsKey(name)) {
      tell(
          refusal(
              id,
              new RefusedException(Refusal.ALREADY_SUBSCRIBED, "this connection has the channel"),
              name));
      return;
    }
    if (joined.size() >= MAX_SUBSCRIPTIONS) {
      tell(
          refusal(
              id,
              new RefusedException(
                  Refusal.SUBSCRIPTION_LIMIT_REACHED,
                  "a connection has at most " + MAX_SUBSCRIPTIONS + " subscriptions"),
              name));
      return;
    }
    Joined entry = new Joined(id, rules.open());
    joined.put(name, entry);
    boolean conflate = rules.conflate() == Namespace.Conflate.LATEST;
    Subscription subscription = sessions.hub().subscribe(channel, loop, outbox, start, conflate);
    if (joined.get(name) == entry) {
      entry.subscription = subscription;
    } else {
      subscription.end();
    }
    outbox.flush();
  }

  void unsubscribe(@Nullable String id, ChannelName channel) {
    drop(channel);
    if (id != null) {
      tell(new ServerEvent.UnsubscribeDone(id, channel));
    }
  }

  private void drop(ChannelName channel) {
    Joined entry = joined.remove(channel);
    if (entry != null && entry.subscription != null) {
      entry.subscription.end();
    }
  }

  void subscribed(Subscription subscription, Position at, Head.Resume.@Nullable Lost lost) {
    Joined entry = joined.get(subscription.channel().name());
    if (entry == null) {
      return;
    }
    boolean since = subscription.start() instanceof Start.Since;
    boolean resumed = since && lost == null;
    outbox.event(
        new ServerEvent.Subscribed(
            entry.id, subscription.channel(), at, resumed, lost, subscription.conflated()));
    entry.id = null;
    if (subscription.start() instanceof Start.Since given
        && lost != null
        && lost != Head.Resume.Lost.AHEAD) {
      outbox.lost(subscription, given.position(), at, lost);
    }
  }

  void subscribeFailed(Subscription subscription, RefusedException refused) {
    ChannelName channel = subscription.channel().name();
    Joined entry = joined.remove(channel);
    if (protocol.interactive()) {
      tell(refusal(entry == null ? null : entry.id, refused, channel));
    } else {
      end(refused);
    }
  }

  /** A credential was refused: the first one ends the connection, a fresh token is just refused. */
  void authFailed(@Nullable String id, RefusedException refused) {
    if (principal == null) {
      end(refused);
    } else {
      tell(refusal(id, refused, null));
    }
  }

  /** Ends the connection: says why, closes it in the protocol's way, leaves every channel. */
  public void end(RefusedException reason) {
    if (ended) {
      return;
    }
    leave();
    outbox.transport().close(reason);
    sessions.countEnd(reason);
  }

  private void leave() {
    ended = true;
    for (Joined entry : new ArrayList<>(joined.values())) {
      if (entry.subscription != null) {
        entry.subscription.end();
      }
    }
    joined.clear();
    lane.clear();
    sessions.left(this);
  }

  void tell(ServerEvent event) {
    if (!ended) {
      outbox.event(event);
      outbox.flush();
    }
  }

  static ServerEvent refusal(
      @Nullable String id, RefusedException refused, @Nullable ChannelName channel) {
    return new ServerEvent.Refused(
        id, refused.refusal(), refused.detail(), refused.retryAfterMillis(), channel);
  }

  private void updateReading() {
    if (!ended) {
      outbox.transport().reading(outbox.transport().isWritable() && !lane.isFull());
    }
  }
}
