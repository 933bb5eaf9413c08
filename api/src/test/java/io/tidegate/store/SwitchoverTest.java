package io.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.broker.BrokerListener;
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
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Rules;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.trace.UnitTrace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A live channel whose rules get another durability. */
class SwitchoverTest {
  private static final AppId APP = new AppId("482913");
  private static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final ChannelId CHANNEL = new ChannelId(APP, new ChannelName("c"));

  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), 64 << 20);
  private final Stores stores = new Stores(directory, broker, new MemoryMessageLog());
  private final ConcurrentLinkedQueue<EpochStart> announced = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void begin() {
    directory.putApp(APP, TENANT);
    broker.listen(
        new BrokerListener() {
          @Override
          public void onMessages(
              ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {}

          @Override
          public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
            assertThat(reason).isEqualTo(EpochEnd.RULES);
            announced.add(next);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "WINDOW,DURABLE",
    "DURABLE,WINDOW",
    "NONE,DURABLE",
    "DURABLE,NONE",
    "NONE,WINDOW",
    "WINDOW,NONE"
  })
  void itFollowsTheOldClassUntilTheChangeTakesEffectThenBeginsANewEpoch(
      Durability from, Durability to) {
    rules(from);
    Published before = publish("a");
    change(from, to, TimeUnit.HOURS.toNanos(1));
    Published during = publish("b");
    assertThat(during.epoch()).isEqualTo(before.epoch());
    assertThat(stores.of(CHANNEL).durability()).isEqualTo(from);
    assertThat(announced).isEmpty();

    change(from, to, 0);
    Held held = stores.of(CHANNEL);
    assertThat(held.durability()).isEqualTo(to);
    Published after = publish("c");
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(after.items().getFirst().seq()).as("seq goes on").isEqualTo(3);
    assertThat(announced).containsExactly(new EpochStart(after.epoch(), 3));
    boolean kept = to != Durability.NONE;
    assertThat(seqs(held)).as("earlier ones leave history").hasSize(kept ? 1 : 0);

    rules(to);
    stores.switchover().settled(APP);
    assertThat(publish("d").epoch()).isEqualTo(after.epoch());
    assertThat(seqs(stores.of(CHANNEL))).hasSize(kept ? 2 : 0);
  }

  @Test
  void aChannelThatIsNotLiveFollowsTheNewestRulesAtOnce() {
    change(Durability.WINDOW, Durability.DURABLE, TimeUnit.HOURS.toNanos(1));
    assertThat(stores.of(CHANNEL).durability()).isEqualTo(Durability.DURABLE);
    publish("a");
    assertThat(stores.log().of(TENANT).head(CHANNEL, stores.of(CHANNEL).keep())).isPresent();
    assertThat(announced).isEmpty();
  }

  @Test
  void aPublishOnItsWayHoldsTheChannelWhereItIs() throws Exception {
    rules(Durability.WINDOW);
    publish("a");
    change(Durability.WINDOW, Durability.DURABLE, TimeUnit.HOURS.toNanos(1));
    Stores.Publishing onItsWay = stores.publishing(CHANNEL);
    assertThat(onItsWay.held().durability()).isEqualTo(Durability.WINDOW);
    change(Durability.WINDOW, Durability.DURABLE, 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Durability> reader =
          threads.submit(
              () -> {
                Durability seen = patiently(() -> stores.of(CHANNEL)).durability();
                while (seen != Durability.DURABLE) {
                  seen = patiently(() -> stores.of(CHANNEL)).durability();
                }
                return seen;
              });
      Published late = store(onItsWay.held(), "b");
      assertThat(reader.isDone()).isFalse();
      onItsWay.close();
      assertThat(reader.get()).isEqualTo(Durability.DURABLE);
      assertThat(announced)
          .containsExactly(new EpochStart(stores.of(CHANNEL).head().orElseThrow().epoch(), 3));
      assertThat(late.items().getFirst().seq()).isEqualTo(2);
    }
  }

  @Test
  void aPublishThatNeverEndsRefusesTheOthersWithTimeToComeBack() {
    rules(Durability.WINDOW);
    publish("a");
    change(Durability.WINDOW, Durability.DURABLE, TimeUnit.HOURS.toNanos(1));
    Stores.Publishing stuck = stores.publishing(CHANNEL);
    assertThat(stuck.held().durability()).isEqualTo(Durability.WINDOW);
    change(Durability.WINDOW, Durability.DURABLE, 0);
    RefusedException refused = catchThrowableOfType(RefusedException.class, this::readUntilMoved);
    assertThat(refused.refusal()).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refused.retryAfterMillis()).isPositive();
    stuck.close();
    assertThat(stores.of(CHANNEL).durability()).isEqualTo(Durability.DURABLE);
  }

  private void readUntilMoved() {
    while (stores.of(CHANNEL).durability() == Durability.WINDOW) {}
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW", "NONE,WINDOW"})
  void nothingAcknowledgedAfterTheMoveIsLostHoweverManyPublish(Durability from, Durability to)
      throws Exception {
    for (int round = 0; round < 20; round++) {
      ChannelId channel = new ChannelId(APP, new ChannelName("round" + round));
      rules(from);
      publish(channel, "first" + round);
      change(from, to, TimeUnit.MILLISECONDS.toNanos(5));
      List<Position> acknowledged = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Position>>> publishers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          String prefix = round + "-" + i + "-";
          publishers.add(threads.submit(() -> publishBeyondTheMove(channel, prefix, to)));
        }
        for (Future<List<Position>> publisher : publishers) {
          acknowledged.addAll(publisher.get());
        }
      }
      assertThat(announced).as("one move").hasSize(1);
      EpochStart next = announced.remove();
      assertThat(acknowledged).doesNotHaveDuplicates();
      assertThat(seqs(stores.of(channel)))
          .containsExactlyElementsOf(
              acknowledged.stream()
                  .filter(one -> one.epoch().equals(next.epoch()))
                  .map(Position::seq)
                  .sorted()
                  .toList());
      assertThat(acknowledged.stream().filter(one -> !one.epoch().equals(next.epoch())))
          .allMatch(one -> one.seq() < next.firstSeq());
    }
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW", "NONE,WINDOW", "WINDOW,NONE"})
  void ofTwoNodesOneMovesAChannelAndNothingIsLostThatFollows(Durability from, Durability to)
      throws Exception {
    for (int round = 0; round < 8; round++) {
      ChannelId channel = new ChannelId(APP, new ChannelName("nodes" + round));
      rules(from);
      publish(channel, "first" + round);
      change(from, to, TimeUnit.MILLISECONDS.toNanos(50));
      Stores other = new Stores(directory, broker, stores.log());
      List<Long> acknowledged = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Long>>> nodes = new ArrayList<>();
        for (Stores node : List.of(stores, other)) {
          String prefix = round + "-" + nodes.size() + "-";
          nodes.add(threads.submit(() -> publishBehindTheMove(node, channel, prefix, to)));
        }
        for (Future<List<Long>> node : nodes) {
          acknowledged.addAll(node.get());
        }
      }
      assertThat(announced).as("one move").hasSize(1);
      announced.clear();
      Held held = stores.of(channel);
      assertThat(held.open().lastSeq())
          .isEqualTo(acknowledged.stream().mapToLong(one -> one).max().orElseThrow());
      if (to != Durability.NONE) {
        assertThat(seqs(held)).containsExactlyElementsOf(acknowledged.stream().sorted().toList());
      }
    }
  }

  private List<Long> publishBehindTheMove(
      Stores node, ChannelId channel, String prefix, Durability to) {
    while (patiently(() -> node.of(channel)).durability() != to) {
      Thread.onSpinWait();
    }
    List<Long> acknowledged = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try (Stores.Publishing publishing = patiently(() -> node.publishing(channel))) {
        acknowledged.add(store(publishing.held(), prefix + i).items().getFirst().seq());
      }
    }
    return acknowledged;
  }

  /** Until a few have been acknowledged in the new class. */
  private List<Position> publishBeyondTheMove(ChannelId channel, String prefix, Durability to) {
    List<Position> acknowledged = new ArrayList<>();
    int moved = 0;
    for (int i = 0; moved < 5; i++) {
      Stores.Publishing publishing = patiently(() -> stores.publishing(channel));
      try {
        Published done = store(publishing.held(), prefix + i);
        moved += publishing.held().durability() == to ? 1 : 0;
        acknowledged.add(new Position(done.epoch(), done.items().getFirst().seq()));
      } finally {
        publishing.close();
      }
      Thread.yield();
    }
    return acknowledged;
  }

  /** Whoever stands still with a publish on its way has the others refused after 6 s. */
  private static <T> T patiently(Supplier<T> call) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      try {
        return call.get();
      } catch (RefusedException refused) {
        if (refused.refusal() != Refusal.RULES_UNKNOWN || System.nanoTime() - end > 0) {
          throw refused;
        }
      }
    }
  }

  @Test
  void allChannelsMoveWhenTheTimeHasComeAlsoOnesWithoutMessages() {
    rules(Durability.NONE);
    for (int i = 0; i < 5; i++) {
      publish(new ChannelId(APP, new ChannelName("quiet" + i)), "m" + i);
    }
    change(Durability.NONE, Durability.DURABLE, 0);
    stores.switchover().moveAll(TENANT, APP, directory.rules(APP), List.of());
    rules(Durability.DURABLE);
    stores.switchover().settled(APP);
    assertThat(announced).hasSize(5).allMatch(next -> next.firstSeq() == 2);
    for (int i = 0; i < 5; i++) {
      ChannelId channel = new ChannelId(APP, new ChannelName("quiet" + i));
      assertThat(publish(channel, "n" + i).items().getFirst().seq()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"DURABLE,WINDOW", "DURABLE,NONE", "WINDOW,DURABLE", "NONE,WINDOW"})
  void anEmptyChannelWithoutSubscribersMovesToo(Durability from, Durability to) {
    rules(from);
    publish("a");
    publish("b");
    // As DELETE leaves it: empty, with a position.
    Epoch deleted = stores.of(CHANNEL).renew(0).epoch();
    assertThat(seqs(stores.of(CHANNEL))).isEmpty();
    change(from, to, 0);
    stores.switchover().moveAll(TENANT, APP, directory.rules(APP), List.of());
    rules(to);
    stores.switchover().settled(APP);

    Published after = publish("c");
    assertThat(after.items().getFirst().seq()).as("seq goes on").isEqualTo(3);
    assertThat(after.epoch()).isNotEqualTo(deleted);
    assertThat(announced).containsExactly(new EpochStart(after.epoch(), 3));
    assertThat(stores.of(CHANNEL).durability()).isEqualTo(to);
    assertThat(stores.storeOf(TENANT, from).head(CHANNEL, stores.of(CHANNEL).keep()).isPresent())
        .as("nothing is left behind where it was")
        .isEqualTo(stores.storeOf(TENANT, from).equals(stores.storeOf(TENANT, to)));

    change(to, from, 0);
    stores.switchover().moveAll(TENANT, APP, directory.rules(APP), List.of());
    rules(from);
    stores.switchover().settled(APP);
    Published back = publish("d");
    assertThat(back.items().getFirst().seq()).isEqualTo(4);
    assertThat(back.epoch()).isNotIn(deleted, after.epoch());
  }

  private static List<Long> seqs(Held held) {
    return held.readForward(1, 1_000_000).stream().map(Message::seq).toList();
  }

  private Published publish(String id) {
    return publish(CHANNEL, id);
  }

  private Published publish(ChannelId channel, String id) {
    try (Stores.Publishing publishing = stores.publishing(channel)) {
      return store(publishing.held(), id);
    }
  }

  private Published store(Held held, String id) {
    Draft draft = new Draft(id, null, new byte[] {'1'}, null, null, null, null, null);
    PublishUnit unit = new PublishUnit(TENANT, held.channel(), List.of(draft));
    return (held.durability() == Durability.DURABLE
            ? stores.log().append(unit, held.keep(), committed -> {})
            : broker.publish(unit, held.keep()))
        .toCompletableFuture()
        .join();
  }

  private void rules(Durability durability) {
    directory.putRules(APP, namespace(durability));
  }

  private void change(Durability from, Durability to, long inNanos) {
    directory.putRules(
        APP,
        new AppRules(
            new Rules(List.of(namespace(to))),
            List.of(
                new AppRules.Superseded(
                    1, new Rules(List.of(namespace(from))), System.nanoTime() + inNanos))));
  }

  private static Namespace namespace(Durability durability) {
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
