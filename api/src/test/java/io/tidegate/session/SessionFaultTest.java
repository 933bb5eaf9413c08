package io.tidegate.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.tidegate.refusal.RefusalQuery;
import io.tidegate.refusal.Refusals;
import io.tidegate.roster.Moves;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.trace.Traces;
import io.tidegate.usage.Counts;
import io.tidegate.usage.Meters;
import io.tidegate.webhook.standing.Witness;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault of ours in what is done for one connection ends it, and it alone. */
class SessionFaultTest {
  private static final Protocol PROTOCOL = new Protocol("websocket", 30, true, true, true);
  private static final ChannelId CHANNEL = new ChannelId(Principals.APP, new ChannelName("c"));

  /** Its tasks run when the test says so. */
  private final EmbeddedChannel loop = new EmbeddedChannel();

  private final InstantSource clock = InstantSource.system();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryBroker broker = new MemoryBroker(clock, 1 << 20);
  private final Stores stores = new Stores(directory, broker, new MemoryMessageLog());
  private final Meters meters = new Meters();
  private final MemoryRefusals kept = new MemoryRefusals();
  private final Refusals refusals = new Refusals(kept, clock, System::nanoTime);
  private final Quotas quotas = MemoryCensus.quotas(directory);
  private final EventLoop executor = loop.eventLoop();
  private final Hub hub =
      new Hub(broker, new Replay(stores, Runnable::run, clock), meters, executor);
  private final Authenticator authenticator = new Nobody();
  private final Presence presence = presence();
  private final Sessions sessions =
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

  private Presence presence() {
    MemoryPresence store = new MemoryPresence(System::nanoTime, 0);
    return new Presence(
        directory,
        quotas,
        store,
        new Rooms(store, Runnable::run, executor, new PresenceFigures()),
        Witness.NONE);
  }

  @BeforeEach
  void begin() {
    directory.putApp(Principals.APP, Principals.TENANT);
    broker.listen(hub);
  }

  private Line subscribe() {
    Line line = new Line();
    Session session =
        sessions.open(executor, PROTOCOL, line, new Text(), new Arrival("127.0.0.1", null, null));
    line.session = session;
    AppPrincipal who = Principals.token(null);
    session.authenticated(sessions.admit(who, null, PROTOCOL, session.arrival()), null, true);
    session.subscriptions().begin("1", CHANNEL, new Start.Live(), Namespace.DEFAULT, false);
    loop.runPendingTasks();
    return line;
  }

  private void publish() {
    Draft draft = new Draft("m" + ++made, null, new byte[] {'1'}, null, null, null, null, null);
    broker.publish(
        new PublishUnit(Principals.TENANT, CHANNEL, List.of(draft)), stores.of(CHANNEL).keep());
    loop.runPendingTasks();
  }

  @Test
  void aLineThatThrowsEndsItsConnectionAndTheOthersGoOn() {
    Line first = subscribe();
    Line broken = subscribe();
    Line last = subscribe();
    publish();
    broken.bug = new IllegalStateException("a bug");
    publish();
    broken.bug = null;
    publish();
    assertThat(first.messages).containsExactly("m1", "m2", "m3");
    assertThat(last.messages).containsExactly("m1", "m2", "m3");
    assertThat(broken.messages).containsExactly("m1");
    assertThat(broken.closed).containsExactly(Refusal.INTERNAL);
    assertThat(sessions.ends())
        .hasEntrySatisfying(Refusal.INTERNAL, times -> assertThat(times.sum()).isEqualTo(1));
    assertThat(sessions.count()).isEqualTo(2);
    assertThat(hub.subscribers(CHANNEL)).isEqualTo(2);
  }

  @Test
  void aFaultThatIsFoundTwiceEndsItOnce() {
    Line broken = subscribe();
    Line other = subscribe();
    session(broken).fault(new IllegalStateException("found out"));
    session(broken).fault(new IllegalStateException("found out again"));
    publish();
    assertThat(broken.closed).containsExactly(Refusal.INTERNAL);
    assertThat(broken.messages).isEmpty();
    assertThat(other.messages).containsExactly("m1");
  }

  /** Two are let in for one place: the second finds out when it is counted. */
  @Test
  void aConnectionThatFindsNoPlaceAnyMoreIsRefusedAsItsApps() {
    directory.putLimits(Principals.TENANT, new Limits(Map.of(Limit.CONNECTIONS, 1L)));
    Line early = new Line();
    Line late = new Line();
    for (Line line : List.of(early, late)) {
      line.session =
          sessions.open(executor, PROTOCOL, line, new Text(), new Arrival("127.0.0.1", null, null));
      line.admitted =
          sessions.admit(Principals.token("ada"), null, PROTOCOL, session(line).arrival());
    }
    for (Line line : List.of(early, late)) {
      session(line).authenticated(java.util.Objects.requireNonNull(line.admitted), null, true);
    }

    assertThat(early.closed).isEmpty();
    assertThat(late.closed).containsExactly(Refusal.CONNECTION_LIMIT_REACHED);
    assertThat(meters.take())
        .extractingByKey(Principals.APP)
        .extracting(Counts::refusals)
        .isEqualTo(Map.of(Refusal.CONNECTION_LIMIT_REACHED.code(), 1L));
    refusals.flush();
    RefusalQuery all = new RefusalQuery(Principals.TENANT, Principals.APP, null, null, null, null);
    assertThat(kept.read(all, null, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.clientId()).isEqualTo("ada"))
        .satisfies(one -> assertThat(one.operation()).isEqualTo("connect"));
  }

  private static Session session(Line line) {
    return java.util.Objects.requireNonNull(line.session);
  }

  /** One client's line, as broken as the test wants it. */
  private static final class Line implements Transport {
    private final List<String> messages = new ArrayList<>();
    private final List<Refusal> closed = new ArrayList<>();
    private @Nullable RuntimeException bug;
    private @Nullable Session session;
    private @Nullable Admitted admitted;

    @Override
    public boolean isWritable() {
      return true;
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
      return 0;
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
