package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Namespace;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Inbound;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.usage.Meter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: who it is, and what it is subscribed to. Belongs to its event loop; fields
 * that others read are volatile.
 */
public final class Session {
  private final Sessions sessions;
  private final Protocol protocol;
  private final FanoutLoop loop;
  private final Outbox outbox;
  private final Lane lane;
  private final Vitals vitals;
  private final Instant openedAt = Instant.now();
  private final String address;
  private final @Nullable String origin;
  private final Subscriptions subscriptions;
  private volatile String connectionId;
  private volatile @Nullable AppPrincipal principal;

  /** What it may; null until the client has shown a credential. */
  private @Nullable ClientQuota quota;

  private final Place place = new Place();

  /** What it has sent of late; null while that is unlimited. */
  private @Nullable Inbound inbound;

  private boolean echo = true;

  /** The ticket that opened it, for streams; null else. */
  private @Nullable String ticketId;

  /** Of the app; null until the client has shown a credential. */
  private @Nullable Meter meter;

  private boolean ended;

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
    this.subscriptions = new Subscriptions(this, sessions.hub());
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

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** The channels of its subscriptions; on the loop. */
  public List<ChannelName> channels() {
    return subscriptions.channels();
  }

  /** How many subscriptions it has; read racily elsewhere. */
  public int subscriptionCount() {
    return subscriptions.count();
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

  /** The line has taken bytes for the client. */
  public void sent(int bytes) {
    loop.sent(bytes);
  }

  /** The line has brought bytes of the client's. */
  public void received(int bytes) {
    loop.received(bytes);
  }

  /** What the line has taken and not sent yet; racy off the loop. */
  long unsentBytes() {
    return outbox.transport().unsentBytes();
  }

  /**
   * A frame of so many bytes has come: what refuses it, or ends the connection; null when it is
   * within the rates.
   */
  public @Nullable RefusedException overRate(int bytes) {
    ClientQuota may = quota;
    if (may == null || (inbound == null && !Inbound.isLimited(may))) {
      return null;
    }
    if (inbound == null) {
      inbound = new Inbound();
    }
    return inbound.over(may, bytes);
  }

  /** As {@link Sessions#admit}, for a client that shows its credential only now. */
  Admitted admit(AppPrincipal who, @Nullable String resumeKey) {
    return sessions.admit(who, resumeKey, protocol);
  }

  /** For a client that was let in before. */
  Admitted admitAgain(AppPrincipal who) {
    return new Admitted(who, sessions.quota(who));
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
      SessionLog.closed(this, null);
    }
  }

  // ---- what commands do, on the loop

  /** The client has shown who it is, for the first time. */
  public void authenticated(Admitted admitted, @Nullable String resumeKey, boolean withEcho) {
    if (ended) {
      return;
    }
    AppPrincipal who = admitted.principal();
    String resumed = resumeKey == null ? null : sessions.keys().idOf(resumeKey, who);
    if (protocol.counted()) {
      Session older = resumed == null ? null : sessions.find(resumed);
      try {
        place.take(admitted.quota().tenant(), older == null ? null : older.place);
      } catch (RefusedException refused) {
        end(refused);
        return;
      }
    }
    if (resumed != null) {
      connectionId = resumed;
    }
    quota = admitted.quota();
    principal = who;
    echo = withEcho;
    meter = sessions.meters().of(who.app());
    meter.connected();
    sessions.authenticated(this);
    SessionLog.opened(this);
    outbox.transport().known();
    String key = protocol.interactive() ? sessions.keys().keyOf(connectionId, who) : null;
    tell(
        new ServerEvent.Connected(
            connectionId,
            key,
            resumed != null,
            who.clientId(),
            protocol.pingSeconds() * 1000L,
            quota.least(Limit.MAX_MESSAGE_BYTES, Namespace.DEFAULT_MAX_MESSAGE_BYTES),
            protocol.interactive() ? (long) maxSubscriptions() : null));
  }

  /** What it may; it has shown a credential. */
  ClientQuota quota() {
    if (quota == null) {
      throw new IllegalStateException("nobody knows yet who it is");
    }
    return quota;
  }

  int maxSubscriptions() {
    return quota().least(Limit.SUBSCRIPTIONS_PER_CONNECTION, Subscriptions.MAX);
  }

  /** The same client with a fresh token: rights may shrink at once, identity may not change. */
  void renewed(@Nullable String id, Admitted admitted) {
    AppPrincipal who = admitted.principal();
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
    quota = admitted.quota();
    narrow(who);
    vitals.renewed();
    if (id != null) {
      tell(new ServerEvent.Authenticated(id, who.expiresAt() * 1000));
    }
  }

  /** Its rights are these now: subscriptions that are no longer granted end. */
  void narrow(AppPrincipal who) {
    principal = who;
    subscriptions.narrow(who.rights());
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
    if (meter != null) {
      meter.refused(reason.refusal().code());
    }
    outbox.transport().close(reason);
    sessions.countEnd(reason);
    SessionLog.closed(this, reason);
  }

  private void leave() {
    ended = true;
    subscriptions.endAll();
    if (meter != null) {
      meter.disconnected();
    }
    lane.clear();
    sessions.left(this);
    place.leave();
  }

  void tell(ServerEvent event) {
    if (!ended) {
      if (meter != null && event instanceof ServerEvent.Refused refused) {
        meter.refused(refused.refusal().code());
      }
      outbox.event(event);
      outbox.flush();
    }
  }

  static ServerEvent refusal(
      @Nullable String id, RefusedException refused, @Nullable ChannelName channel) {
    RefusalCounts.count(refused.refusal());
    return new ServerEvent.Refused(
        id, refused.refusal(), refused.detail(), refused.retryAfterMillis(), channel);
  }

  private void updateReading() {
    if (!ended) {
      outbox.transport().reading(outbox.transport().isWritable() && !lane.isFull());
    }
  }
}
