package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.TenantId;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.store.Held;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.usage.Meters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * One node without its edges: real hub, replay and stores on the memory fakes, all of whose threads
 * stand still until the test moves them. Knows what was published, so that whatever a client gets
 * can be held against it.
 */
final class World {
  static final AppId APP = new AppId("482913");
  static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final long LONG_ENOUGH_MILLIS = 1_100;

  final MemoryDirectory directory = new MemoryDirectory();
  final ManualLoop timer = new ManualLoop();
  final ManualLoop[] loops = {new ManualLoop(), new ManualLoop()};
  final List<Runnable> blocking = new ArrayList<>();
  final List<Client> clients = new ArrayList<>();
  final Stores stores;
  final Hub hub;
  final Replay replay;
  final Hints hints;
  final MemoryBroker broker;
  final MemoryMessageLog log;
  private final Map<Long, Map<Epoch, String>> published = new HashMap<>();
  private long now = 1_700_000_000_000L;
  private int made;

  final Meters meters = new Meters();

  World() {
    directory.putApp(APP, TENANT);
    broker = new MemoryBroker(() -> java.time.Instant.ofEpochMilli(now), 64 << 20);
    log = new MemoryMessageLog(() -> now);
    stores = new Stores(directory, broker, log);
    replay = new Replay(stores, blocking::add, () -> java.time.Instant.ofEpochMilli(now));
    hub = new Hub(broker, replay, meters, timer);
    hints = new Hints(hub);
    broker.listen(hub);
  }

  /** From now on hints wait until they are handed on. */
  void holdHints() {
    broker.listen(hints);
  }

  ChannelId channel(Durability durability) {
    return channel(durability, Namespace.DEFAULT.window());
  }

  /** A channel of that class, and of any class a window of that many messages. */
  ChannelId channel(Durability durability, Namespace.Span window) {
    Namespace plain = Namespace.DEFAULT;
    Namespace rules =
        new Namespace(
            "n",
            new ChannelPattern("*"),
            durability,
            window,
            plain.retentionDays(),
            plain.rewind(),
            plain.maxMessageBytes(),
            plain.open(),
            plain.clientPublish(),
            plain.presence(),
            plain.conflate(),
            plain.requireClientId());
    directory.putRules(APP, rules);
    return new ChannelId(APP, new ChannelName("c"));
  }

  /** So many messages as one unit. */
  Published publish(ChannelId channel, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "m" + made++;
      byte[] data = ("\"" + id + "\"").getBytes(StandardCharsets.UTF_8);
      drafts.add(new Draft(id, null, data, null, null, null, null, null));
    }
    return publish(channel, drafts);
  }

  Published publish(ChannelId channel, List<Draft> drafts) {
    Held held = stores.of(channel);
    PublishUnit unit = new PublishUnit(TENANT, channel, drafts);
    Published done =
        (held.durability() == Durability.DURABLE
                ? stores
                    .log()
                    .append(
                        unit,
                        held.keep(),
                        committed ->
                            broker.announce(channel, committed.epoch(), committed.fresh(), null))
                : broker.publish(unit, held.keep()))
            .toCompletableFuture()
            .join();
    for (Message message : done.fresh()) {
      published
          .computeIfAbsent(message.seq(), seq -> new HashMap<>())
          .put(done.epoch(), message.id());
    }
    return done;
  }

  /** Ends the channel's epoch, as its deletion does. */
  EpochStart renew(ChannelId channel) {
    EpochStart next = stores.of(channel).renew(0);
    broker.announceEpoch(channel, next, EpochEnd.DELETED);
    return next;
  }

  Head head(ChannelId channel) {
    return stores.of(channel).head().orElseThrow();
  }

  void passMillis(long millis) {
    now += millis;
  }

  Client client() {
    Client client = new Client();
    clients.add(client);
    return client;
  }

  Client subscribe(ChannelId channel, Start start) {
    return subscribe(channel, start, 0);
  }

  Client subscribe(ChannelId channel, Start start, int loop) {
    Client client = client();
    client.subscribe(hub, hub.loop(loops[loop]), channel, start);
    return client;
  }

  static Start since(Position position) {
    return new Start.Since(position);
  }

  static Start live() {
    return new Start.Live();
  }

  /** One step of some thread; false when that thread had nothing to do. */
  boolean runSome(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> loops[0].runOne();
      case 1 -> loops[1].runOne();
      case 2 -> timer.runOne();
      default -> {
        if (blocking.isEmpty()) {
          yield false;
        }
        blocking.remove(random.nextInt(blocking.size())).run();
        yield true;
      }
    };
  }

  /** Runs every thread until none has anything to do, without time passing. */
  void runAll() {
    boolean ran = true;
    for (int steps = 0; ran; steps++) {
      assertThat(steps).as("it comes to rest").isLessThan(100_000);
      ran = loops[0].runOne() | loops[1].runOne() | timer.runOne();
      if (!blocking.isEmpty()) {
        blocking.removeFirst().run();
        ran = true;
      }
    }
  }

  /** The same, with as much time as any retry waits for. */
  void settle() {
    for (int i = 0; i < 5; i++) {
      runAll();
      timer.advance(LONG_ENOUGH_MILLIS);
      loops[0].advance(LONG_ENOUGH_MILLIS);
      loops[1].advance(LONG_ENOUGH_MILLIS);
    }
    runAll();
  }

  /** Everything every client was given is what was published, under its own epoch. */
  void assertTrue() {
    for (Client client : clients) {
      for (EncodedMessage message : client.received()) {
        assertThat(published.getOrDefault(message.seq(), Map.of()).get(message.epoch()))
            .as("%s %s", message.epoch(), message.seq())
            .isEqualTo(message.message().id());
      }
    }
  }
}
