package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.presence.SessionNumber;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection: what its edge and its commands do with it, from its opening to its end. Belongs
 * to its event loop; fields that others read are volatile.
 */
public final class Session {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Sessions sessions;
  private final Protocol protocol;
  private final FanoutLoop loop;
  private final Outbox outbox;
  private final Lane lane;
  private final LoopQueues.Share queued;
  private final Vitals vitals;
  private final Instant openedAt = Instant.now();
  private final Arrival arrival;
  private final Subscriptions subscriptions;
  private final Progress progress;
  private final Client client;
  private volatile String connectionId;
  private int turn;

  /** Tells it from an older session of the same connectionId. */
  private final long number = NUMBERS.incrementAndGet();

  /** What its publishes belong to; null when its opening named no trace, or none are made. */
  private @Nullable String traceparent;

  /** The ticket that opened it, for streams; null else. */
  private @Nullable String ticketId;

  /** Null until presence is asked for. */
  private @Nullable Attendance attendance;

  /** Whether it is not expected back; known when it has ended. */
  private boolean leaving;

  private boolean ended;

  /** Of the frame being read. */
  private int frameBytes;

  Session(
      Sessions sessions,
      Protocol protocol,
      FanoutLoop loop,
      Transport transport,
      WireFormat format,
      Arrival arrival) {
    this.sessions = sessions;
    this.protocol = protocol;
    this.loop = loop;
    this.outbox = new Outbox(this, transport, format);
    this.subscriptions = new Subscriptions(this, sessions.hub());
    this.progress = new Progress(this);
    this.queued = sessions.queues().of(loop.executor()).share(this);
    this.lane =
        new Lane(
            sessions.blocking(),
            () -> onLoop(this::updateReading),
            fault -> onLoop(() -> fault(fault)));
    this.vitals = new Vitals(this);
    this.arrival = arrival;
    this.client = new Client(this, sessions);
    this.connectionId = sessions.keys().newId();
  }

  public String connectionId() {
    return connectionId;
  }

  public Protocol protocol() {
    return protocol;
  }

  public String address() {
    return arrival.address();
  }

  Arrival arrival() {
    return arrival;
  }

  public Instant openedAt() {
    return openedAt;
  }

  /** Null until the client has shown a credential. */
  public @Nullable AppPrincipal principal() {
    return client.principal();
  }

  Happenings happenings() {
    return sessions.happenings();
  }

  Client client() {
    return client;
  }

  /** It goes on with an older connection. */
  void resumeAs(ConnectionKeys.Kept older) {
    connectionId = older.id();
    turn = older.turn();
  }

  /** How often its connection had gone on before; settled before others find it. */
  int turn() {
    return turn;
  }

  /** Before its first command, which then sees it. */
  public void continueTrace(@Nullable String parent) {
    traceparent = parent;
  }

  @Nullable String traceparent() {
    return traceparent;
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

  /** What it owns members with; settled with its turn. */
  long number() {
    return SessionNumber.of(turn, number);
  }

  /** For who looks at it. */
  public Progress progress() {
    return progress;
  }

  /** On the loop. */
  Attendance attendance() {
    if (attendance == null) {
      attendance = new Attendance(this, sessions.presence());
      if (ended) {
        attendance.end(leaving);
      }
    }
    return attendance;
  }

  /** Does something in its turn between the client's commands; may wait. */
  void inTurn(Runnable task) {
    lane.add(task, 0);
  }

  boolean isPresent(ChannelName channel) {
    return attendance != null && attendance.isIn(channel);
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
    lane.add(() -> sessions.commands().handle(this, command), frameBytes);
    queued.count();
    updateReading();
  }

  /** The client sent something that its edge has refused. */
  public void refuse(@Nullable String id, RefusedException refused) {
    vitals.heard();
    refused(id, refused, null);
  }

  /** The line has taken bytes for the client. */
  public void sent(int bytes) {
    loop.sent(bytes);
  }

  /** The line has brought bytes of the client's. */
  public void received(int bytes) {
    loop.received(bytes);
    frameBytes = bytes;
  }

  /** The line was flushed: what it could not send waits in it. */
  public void flushed() {
    queued.count();
  }

  /** What it has the node keep: not taken by its client, or not carried out. Racy off the loop. */
  long queuedBytes() {
    return outbox.transport().unsentBytes() + lane.bytes();
  }

  /**
   * A frame of so many bytes has come: what refuses it, or ends the connection; null when it is
   * within the rates.
   */
  public @Nullable RefusedException overRate(int bytes) {
    return client.overRate(bytes);
  }

  /** Any sign of life. */
  public void heard() {
    vitals.heard();
  }

  public void writabilityChanged() {
    outbox.writabilityChanged();
    if (attendance != null && !ended) {
      attendance.writable();
    }
    updateReading();
  }

  /** The client has said that it goes; what it is present in it leaves at once. */
  public void goodbye() {
    leaving = true;
    closed();
  }

  /** The line is gone. */
  public void closed() {
    if (!ended) {
      leave();
      SessionLog.closed(this, null);
      happenings().closed(this, null);
    }
  }

  // ---- what commands do, on the loop

  /** The client has shown who it is, for the first time. */
  public void authenticated(Admitted admitted, @Nullable String resumeKey, boolean withEcho) {
    if (!ended) {
      client.authenticated(admitted, resumeKey, withEcho);
    }
  }

  /** Ends the connection: says why, closes it in the protocol's way, leaves every channel. */
  public void end(RefusedException why) {
    if (ended) {
      return;
    }
    RefusedException reason = sessions.entrance().advised(why);
    leaving = reason.refusal().staysAway() && reason.refusal() != Refusal.SUPERSEDED;
    leave();
    client.ended(why);
    outbox.transport().close(reason);
    sessions.countEnd(reason);
    SessionLog.closed(this, reason);
    happenings().closed(this, reason);
  }

  /** A fault of ours in what was done for this client: it ends, and the log says why. */
  void fault(Throwable fault) {
    if (!ended) {
      SessionLog.fault(this, fault);
      end(RefusedException.of(fault));
    }
  }

  private void leave() {
    ended = true;
    subscriptions.endAll();
    if (attendance != null) {
      attendance.end(leaving);
    }
    lane.clear();
    sessions.left(this);
    client.left();
  }

  void tell(ServerEvent event) {
    if (!ended) {
      outbox.event(event);
      outbox.flush();
    }
  }

  /** It is told that something was refused. */
  void refused(@Nullable String id, RefusedException refused, @Nullable ChannelName channel) {
    RefusalCounts.count(refused.refusal());
    if (!ended) {
      client.refused(id, refused);
      tell(
          new ServerEvent.Refused(
              id, refused.refusal(), refused.detail(), refused.retryAfterMillis(), channel));
    }
  }

  /** Whether its commands wait for the node, so that it is not read from. */
  boolean isBusy() {
    return lane.isFull();
  }

  private void updateReading() {
    if (!ended) {
      outbox.transport().reading(outbox.transport().isWritable() && !lane.isFull());
    }
  }
}
