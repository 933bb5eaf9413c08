package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.usage.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hub on real threads: publishers beside clients that come, go, stall and come back. */
class ConcurrencyTest {
  private static final int PUBLISHERS = 4;
  private static final int UNITS = 800;
  private static final int CHANNELS = 5;
  private static final int PEOPLE = 60;

  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final EventExecutor[] loops = {new DefaultEventLoop(), new DefaultEventLoop()};
  private final DefaultEventLoop timer = new DefaultEventLoop();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), 256 << 20);
  private final Stores stores = new Stores(directory, broker, new MemoryMessageLog());
  private final Replay replay = new Replay(stores, blocking, InstantSource.system());
  private final Hub hub = new Hub(broker, replay, new Meters(), timer);
  private final AtomicBoolean published = new AtomicBoolean();
  private final Map<Position, String> ids = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    blocking.close();
    for (EventExecutor loop : loops) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
    timer.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void nobodyMissesOrRepeatsAnything(Durability durability) throws Exception {
    directory.putApp(World.APP, World.TENANT);
    directory.putRules(World.APP, rules(durability));
    broker.listen(hub);
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Person person = new Person(channel(i % CHANNELS), loops[i % 2], i);
      people.add(person);
      person.loop.execute(person::begin);
    }
    List<Future<?>> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      int seed = i;
      publishers.add(blocking.submit(() -> publish(durability, seed)));
    }
    for (Future<?> publisher : publishers) {
      publisher.get();
    }
    published.set(true);
    for (Person person : people) {
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  person
                      .stands()
                      .equals(stores.of(person.channel).head().orElseThrow().position()));
      person.loop.submit(person::check).get();
    }
  }

  private void publish(Durability durability, int seed) {
    Random random = new Random(seed);
    for (int unit = 0; unit < UNITS; unit++) {
      ChannelId channel = channel(random.nextInt(CHANNELS));
      List<Draft> drafts = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        String id = seed + "-" + unit + "-" + i;
        drafts.add(new Draft(id, null, new byte[] {'1'}, null, null, null, null, null));
      }
      PublishUnit whole = new PublishUnit(World.TENANT, channel, drafts);
      var keep = stores.of(channel).keep();
      var done =
          (durability == Durability.DURABLE
                  ? stores
                      .log()
                      .append(
                          whole,
                          keep,
                          answer -> broker.announce(channel, answer.epoch(), answer.fresh(), null))
                  : broker.publish(whole, keep))
              .toCompletableFuture()
              .join();
      done.items().forEach(one -> ids.put(new Position(done.epoch(), one.seq()), one.id()));
    }
  }

  /** Someone who follows one channel through many connections; belongs to one loop. */
  private final class Person {
    private final ChannelId channel;
    private final EventExecutor loop;
    private final Random random;
    private final List<EncodedMessage> received = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private Client client = new Client();
    private long first = -1;
    private volatile Position stands = new Position(new io.tidegate.channel.Epoch("none"), 0);

    Person(ChannelId channel, EventExecutor loop, int seed) {
      this.channel = channel;
      this.loop = loop;
      this.random = new Random(seed);
    }

    void begin() {
      client.subscribe(hub, hub.loop(loop), channel, new Start.Live());
      loop.execute(this::live);
    }

    private void live() {
      if (client.isSubscribed()) {
        first = first < 0 ? client.began().seq() : first;
        stands = client.at();
        if (published.get()) {
          client.writable(true);
        } else if (random.nextInt(40) == 0) {
          reconnect();
        } else if (random.nextInt(5) == 0) {
          client.writable(!client.isWritable());
        }
      }
      loop.schedule(this::live, 100, TimeUnit.MICROSECONDS);
    }

    private void reconnect() {
      client.end();
      keep();
      Position since = client.at();
      client = new Client();
      client.subscribe(hub, hub.loop(loop), channel, new Start.Since(since));
    }

    private void keep() {
      received.addAll(client.received());
      trouble.addAll(client.jumps());
      if (client.lost() != null) {
        trouble.add("lost " + client.lost());
      }
    }

    Position stands() {
      return stands;
    }

    void check() {
      keep();
      assertThat(trouble).isEmpty();
      assertThat(received.stream().map(EncodedMessage::seq))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(first + 1, stands.seq()).boxed().toList());
      for (EncodedMessage message : received) {
        assertThat(message.message().id())
            .isEqualTo(ids.get(new Position(message.epoch(), message.seq())));
      }
    }
  }

  private static ChannelId channel(int number) {
    return new ChannelId(World.APP, new ChannelName("c" + number));
  }

  private static Namespace rules(Durability durability) {
    Namespace plain = Namespace.DEFAULT;
    return new Namespace(
        "n",
        new ChannelPattern("*"),
        durability,
        new Namespace.Span(1_000_000, 600),
        plain.retentionDays(),
        plain.rewind(),
        plain.maxMessageBytes(),
        plain.open(),
        plain.clientPublish(),
        plain.presence(),
        plain.conflate(),
        plain.requireClientId());
  }
}
