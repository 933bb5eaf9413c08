package io.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.broker.Claims;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.channel.TenantId;
import io.tidegate.log.LogDatabase;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes over one Redis and one database, of which one has not heard of new rules, or of their
 * time, when the other follows them: what it acknowledges is there, and all else it refuses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AMoveIsFencedTest {
  private static final AppId APP = new AppId("482913");
  private static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final long LATER = TimeUnit.HOURS.toNanos(1);
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  private final RedisProcess redis = RedisProcess.start();
  private final AtomicInteger made = new AtomicInteger();
  private StoreNode behind;
  private StoreNode ahead;
  private long changes;

  @BeforeAll
  void start() throws Exception {
    LogDatabase database = LogDatabase.fresh("store_fence");
    database.addApp(TENANT, APP);
    Set<String> taken = ConcurrentHashMap.newKeySet();
    Claims away = (name, ttl) -> taken.add(name);
    behind = StoreNode.start(redis, database, away, TENANT, APP);
    ahead = StoreNode.start(redis, database, away, TENANT, APP);
  }

  @AfterAll
  void stop() {
    behind.close();
    ahead.close();
    redis.close();
  }

  private ChannelId freshChannel() {
    return new ChannelId(APP, new ChannelName("fenced:" + made.incrementAndGet()));
  }

  private void rules(Durability durability) {
    behind.rules(durability);
    ahead.rules(durability);
    changes++;
  }

  private static boolean isOtherStore(Durability from, Durability to) {
    return (from == Durability.DURABLE) != (to == Durability.DURABLE);
  }

  private static void assertRefused(Supplier<?> call) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> StoreNode.patiently(call));
    assertThat(refused).isNotNull();
    assertThat(refused.refusal()).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refused.retryAfterMillis()).isPositive();
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
  void aPublishThatIsHeldUpWhileAnotherNodeMovesTheChannelIsRefused(
      Durability from, Durability to) {
    ChannelId channel = freshChannel();
    rules(from);
    behind.publish(channel, "before");
    behind.change(from, to, changes, LATER);
    ahead.change(from, to, changes, 0);
    try (Stores.Publishing heldUp = behind.stores().publishing(channel)) {
      assertThat(heldUp.held().durability()).isEqualTo(from);
      assertThat(ahead.held(channel).durability()).isEqualTo(to);
      ahead.publish(channel, "after");
      assertRefused(() -> behind.store(heldUp.held(), "late"));
    }
    assertRefused(() -> behind.publish(channel, "late"));
    if (isOtherStore(from, to)) {
      assertRefused(() -> behind.stores().open(channel));
      assertThat(StoreNode.patiently(() -> behind.stores().of(channel).head()))
          .as("nothing begins there")
          .isEmpty();
    }

    behind.change(from, to, changes, 0);
    Published again = behind.publish(channel, "late");
    assertThat(again.items().getFirst().seq()).isEqualTo(3);
    assertThat(behind.head(channel).epochs().getLast())
        .as("it has moved once")
        .isEqualTo(new EpochStart(again.epoch(), 2));
    if (to != Durability.NONE) {
      assertThat(behind.ids(channel)).containsExactly("after", "late");
    }
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW", "NONE,WINDOW", "NONE,DURABLE"})
  void whateverIsAcknowledgedAroundAMoveIsThereOnce(Durability from, Durability to)
      throws Exception {
    for (int round = 0; round < 4; round++) {
      ChannelId channel = freshChannel();
      rules(from);
      Epoch before = behind.publish(channel, "first").epoch();
      ahead.change(from, to, changes, TimeUnit.MILLISECONDS.toNanos(30));
      behind.change(from, to, changes, TimeUnit.MILLISECONDS.toNanos(200));
      Map<String, Position> acknowledged = new HashMap<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Map<String, Position>>> publishers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          StoreNode node = i % 2 == 0 ? behind : ahead;
          String prefix = i + "-";
          publishers.add(threads.submit(() -> publishBeyondTheMove(node, channel, prefix, before)));
        }
        for (Future<Map<String, Position>> publisher : publishers) {
          acknowledged.putAll(publisher.get());
        }
      }
      EpochStart next = ahead.head(channel).epochs().getLast();
      assertThat(acknowledged.values()).doesNotHaveDuplicates();
      assertThat(acknowledged.values())
          .allMatch(
              one ->
                  one.epoch().equals(next.epoch())
                      ? one.seq() >= next.firstSeq()
                      : one.epoch().equals(before) && one.seq() < next.firstSeq());
      assertThat(behind.ids(channel))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              acknowledged.entrySet().stream()
                  .filter(one -> one.getValue().epoch().equals(next.epoch()))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toList()));
    }
  }

  /** Each message until it is acknowledged, until a few were in the new class. */
  private static Map<String, Position> publishBeyondTheMove(
      StoreNode node, ChannelId channel, String prefix, Epoch before) {
    Map<String, Position> acknowledged = new HashMap<>();
    long end = System.nanoTime() + PATIENCE;
    int moved = 0;
    for (int i = 0; moved < 5; i++) {
      Published done = publishUntilAcknowledged(node, channel, prefix + i, end);
      acknowledged.put(prefix + i, new Position(done.epoch(), done.items().getFirst().seq()));
      moved += done.epoch().equals(before) ? 0 : 1;
    }
    return acknowledged;
  }

  private static Published publishUntilAcknowledged(
      StoreNode node, ChannelId channel, String id, long end) {
    while (true) {
      try {
        return node.publish(channel, id);
      } catch (RefusedException refused) {
        if (System.nanoTime() - end > 0) {
          throw refused;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
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
  void aChannelThatBeginsUnderNewRulesIsNotBegunUnderOldOnesByANodeThatHasNotReadThem(
      Durability from, Durability to) {
    ChannelId channel = freshChannel();
    rules(from);
    ahead.change(from, to, changes, LATER);
    Published first = ahead.publish(channel, "new");
    assertRefused(() -> behind.publish(channel, "old"));

    behind.change(from, to, changes, LATER);
    Published second = behind.publish(channel, "old");
    assertThat(second.epoch()).isEqualTo(first.epoch());
    assertThat(second.items().getFirst().seq()).isEqualTo(2);
    for (StoreNode node : List.of(behind, ahead)) {
      node.change(from, to, changes, 0);
      node.moveAll(channel);
      node.rules(to);
      node.stores().switchover().settled(APP);
      assertThat(node.head(channel).epoch())
          .as("it was in its class from the beginning")
          .isEqualTo(first.epoch());
    }
    if (to != Durability.NONE) {
      assertThat(behind.ids(channel)).containsExactly("new", "old");
    }
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW", "NONE,WINDOW", "WINDOW,NONE"})
  void aChannelThatANodeHasBegunUnderOldRulesFollowsThemUntilTheNewOnesAreDue(
      Durability from, Durability to) {
    ChannelId channel = freshChannel();
    rules(from);
    ahead.change(from, to, changes, LATER);
    assertThat(ahead.held(channel).durability()).as("not live").isEqualTo(to);
    Published old = behind.publish(channel, "old");
    Published second = ahead.publish(channel, "new");
    assertThat(second.epoch()).isEqualTo(old.epoch());
    assertThat(ahead.held(channel).durability()).isEqualTo(from);
    ahead.change(from, to, changes, 0);
    assertThat(ahead.publish(channel, "moved").items().getFirst().seq()).isEqualTo(3);
    assertThat(ahead.held(channel).durability()).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW"})
  void aSubscriberWaitsUntilItsNodeHasHeardWhereTheChannelIs(Durability from, Durability to)
      throws Exception {
    ChannelId channel = freshChannel();
    rules(from);
    ahead.change(from, to, changes, LATER);
    Epoch epoch = ahead.publish(channel, "new").epoch();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Replay replay = new Replay(behind.stores(), threads, InstantSource.system());
      CompletableFuture<Head> head = replay.head(channel).toCompletableFuture();
      behind.change(from, to, changes, LATER);
      assertThat(head.get(2, TimeUnit.MINUTES).epoch()).isEqualTo(epoch);
      behind.rules(from);
      assertThat(replay.head(channel))
          .as("not for ever")
          .failsWithin(Duration.ofMinutes(2))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.RULES_UNKNOWN));
    }
  }

  /** As a node that dies in the middle leaves it to another. */
  @Test
  void aMoveThatWasCutShortIsEndedByAnotherNodeAndErasesNothing() {
    ChannelId channel = freshChannel();
    rules(Durability.WINDOW);
    behind.publish(channel, "before");
    long last =
        StoreNode.patiently(() -> behind.broker().leave(TENANT, channel, Durability.WINDOW));
    ChannelStore log = behind.log().of(TENANT);
    log.arrive(TENANT, channel, Durability.DURABLE, changes, last);
    ahead.change(Durability.WINDOW, Durability.DURABLE, changes, 0);
    ahead.publish(channel, "after");
    EpochStart late = log.arrive(TENANT, channel, Durability.DURABLE, changes, last);
    assertThat(ahead.head(channel).epochs().getLast()).isEqualTo(late);
    assertThat(ahead.ids(channel)).containsExactly("after");
  }

  @ParameterizedTest
  @CsvSource({"WINDOW,DURABLE", "DURABLE,WINDOW", "NONE,WINDOW"})
  void aChannelThatMovesBackAtOnceIsPublishedToAgain(Durability from, Durability to) {
    ChannelId channel = freshChannel();
    rules(from);
    behind.publish(channel, "1");
    for (Durability next : List.of(to, from, to, from)) {
      Durability before = next == to ? from : to;
      changes++;
      for (StoreNode node : List.of(ahead, behind)) {
        node.change(before, next, changes, 0);
        node.moveAll();
      }
      for (StoreNode node : List.of(ahead, behind)) {
        node.rules(next);
        node.stores().switchover().settled(APP);
      }
      behind.publish(channel, "behind" + changes);
      ahead.publish(channel, "ahead" + changes);
      if (next != Durability.NONE) {
        assertThat(ahead.ids(channel)).containsExactly("behind" + changes, "ahead" + changes);
      }
    }
  }
}
