package io.tidegate.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.Origins;
import io.tidegate.auth.Seal;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.PublishUnit;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hook.ConnectHook;
import io.tidegate.hook.PublishHook;
import io.tidegate.hub.Hub;
import io.tidegate.hub.Start;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.MemoryCensus;
import io.tidegate.limit.Quotas;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.metalog.MetaLog;
import io.tidegate.presence.MemoryPresence;
import io.tidegate.presence.Presence;
import io.tidegate.presence.PresenceFigures;
import io.tidegate.presence.Rooms;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Steps;
import io.tidegate.publish.Herald;
import io.tidegate.publish.Principals;
import io.tidegate.publish.Publisher;
import io.tidegate.refusal.MemoryRefusals;
import io.tidegate.refusal.Refusals;
import io.tidegate.roster.Moves;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.trace.Traces;
import io.tidegate.usage.Meters;
import io.tidegate.webhook.standing.Witness;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connections on one loop whose tasks run when a test says so, over a store in memory. */
final class SessionWorld {
  static final Protocol PROTOCOL = new Protocol("websocket", 30, true, true, true);
  static final ChannelId CHANNEL = new ChannelId(Principals.APP, new ChannelName("c"));

  /** Its tasks run when the test says so. */
  private final EmbeddedChannel loop = new EmbeddedChannel();

  private final InstantSource clock = InstantSource.system();
  final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryBroker broker = new MemoryBroker(clock, 1 << 20);
  private final Stores stores = new Stores(directory, broker, new MemoryMessageLog());
  final Meters meters = new Meters();
  final MemoryRefusals kept = new MemoryRefusals();
  final Refusals refusals = new Refusals(kept, clock, System::nanoTime);
  private final Quotas quotas = MemoryCensus.quotas(directory);
  private final EventLoop executor = loop.eventLoop();
  final Hub hub = new Hub(broker, new Replay(stores, Runnable::run, clock), meters, executor);
  private final Authenticator authenticator = new Nobody();
  private final Presence presence = presence();
  final Sessions sessions =
      new Sessions(
          hub,
          new Commands(
              authenticator,
              new Origins(directory),
              directory,
              new Publisher(
                  stores,
                  quotas,
                  meters,
                  new MetaLog(System::nanoTime),
                  Herald.NONE,
                  PublishHook.NONE),
              quotas,
              new Attempts(10, quotas.refused(), System::nanoTime),
              Traces.OFF,
              presence),
          quotas,
          authenticator,
          new ConnectionKeys("n", new Seal(new byte[16], "connection-key")),
          meters,
          new ToldRefusals(meters, refusals, new MetaLog(System::nanoTime)),
          new MetaLog(System::nanoTime),
          Witness.NONE,
          new Sessions.Bounds(0, Long.MAX_VALUE),
          presence,
          Moves.NONE,
          ConnectHook.NONE,
          Runnable::run,
          clock);
  private int made;

  SessionWorld() {
    directory.putApp(Principals.APP, Principals.TENANT);
    broker.listen(hub);
  }

  private Presence presence() {
    MemoryPresence store = new MemoryPresence(System::nanoTime, 0);
    return new Presence(
        directory,
        quotas,
        store,
        new Rooms(store, Runnable::run, executor, new PresenceFigures()),
        Witness.NONE);
  }

  /** A line that has come in and shown nothing yet. */
  Line connect() {
    Line line = new Line();
    line.session =
        sessions.open(executor, PROTOCOL, line, new Text(), new Arrival("127.0.0.1", null, null));
    return line;
  }

  /** One that subscribes to the channel; what that comes to waits for {@link #run}. */
  Line subscribing() {
    Line line = connect();
    Session session = line.session();
    AppPrincipal who = Principals.token(null);
    session.authenticated(sessions.admit(who, null, PROTOCOL, session.arrival()), null, true);
    session.subscriptions().begin("1", CHANNEL, new Start.Live(), Namespace.DEFAULT, false);
    return line;
  }

  /** One that has subscribed to it. */
  Line subscribed() {
    Line line = subscribing();
    run();
    return line;
  }

  void publish() {
    Draft draft = new Draft("m" + ++made, null, new byte[] {'1'}, null, null, null, null, null);
    broker.publish(
        new PublishUnit(Principals.TENANT, CHANNEL, List.of(draft)), stores.of(CHANNEL).keep());
    run();
  }

  /** Everything that waits for the loop. */
  void run() {
    loop.runPendingTasks();
  }

  /** One client's line, as broken as the test wants it. */
  static final class Line implements Transport {
    final List<String> messages = new ArrayList<>();
    final List<Refusal> closed = new ArrayList<>();
    @Nullable RuntimeException bug;

    /** Whether its client reads. */
    private boolean writable = true;

    private long unsent;
    private @Nullable Session session;

    Session session() {
      return Objects.requireNonNull(session);
    }

    /** Its client reads no more, and the line has so much for it. */
    void fill(long bytes) {
      writable = false;
      unsent = bytes;
      session().writabilityChanged();
    }

    /** Its client has read everything. */
    void drain() {
      writable = true;
      unsent = 0;
      session().writabilityChanged();
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void write(ByteBuf bytes) {
      String text = bytes.toString(UTF_8);
      bytes.release();
      if (bug != null) {
        throw bug;
      }
      if (text.startsWith("m")) {
        messages.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public long unsentBytes() {
      return unsent;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void ping() {}

    @Override
    public void close(RefusedException reason) {
      closed.add(reason.refusal());
    }

    @Override
    public void reset() {}
  }

  /** Messages are their ids. */
  private static final class Text implements WireFormat {
    @Override
    public boolean isShared() {
      return false;
    }

    @Override
    public void write(EncodedMessage message, ByteBuf out) {
      out.writeCharSequence(message.message().id(), UTF_8);
    }

    @Override
    public void write(ServerEvent event, ByteBuf out) {
      out.writeCharSequence("event", UTF_8);
    }
  }

  /** Nobody shows a credential here. */
  private static final class Nobody implements Authenticator {
    @Override
    public AppPrincipal key(String nameAndSecret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AppPrincipal keyName(String keyName) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AppPrincipal token(String jwt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Ticket ticket(String jwt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Ticket reopen(String jwt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AppPrincipal recheck(AppPrincipal principal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AppPrincipal tell(AppId app, String credential, Steps steps) {
      throw new UnsupportedOperationException();
    }
  }
}
