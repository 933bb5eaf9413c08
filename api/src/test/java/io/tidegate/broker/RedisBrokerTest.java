package io.tidegate.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes over one Redis: what the contract says, and what only several nodes show. */
class RedisBrokerTest extends BrokerContract {
  private static RedisProcess redis;
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private volatile long ahead;
  private final RedisLink link = open();
  private final RedisLink otherLink = open();
  private final MemoryClaims elsewhere = new MemoryClaims();
  private final Claims away = elsewhere::claim;
  private final RedisBroker broker = new RedisBroker(link, timer, away, () -> ahead);
  private final RedisBroker other = new RedisBroker(otherLink, timer, away, () -> ahead);

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stopRedis() {
    timer.shutdownNow();
    redis.close();
  }

  private static RedisLink open() {
    return PatientLink.open(redis.url(), timer);
  }

  @AfterEach
  void close() {
    broker.close();
    other.close();
    link.close();
    otherLink.close();
  }

  @Override
  Broker broker() {
    return broker;
  }

  @Override
  void pass(Duration time) {
    ahead += time.toMillis();
  }

  @Override
  Duration slack() {
    return Duration.ofSeconds(25);
  }

  @Test
  void whatOneNodePublishesTheOtherHears() {
    ChannelId channel = freshChannel();
    Heard there = new Heard();
    other.listen(there);
    other.subscribe(channel).toCompletableFuture().join();
    Draft full =
        new Draft(
            "id-ö",
            "näme",
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
            "base64",
            "cli€nt",
            "n1.connection",
            "{\"h\":\"1\"}".getBytes(StandardCharsets.UTF_8),
            "n2.other");
    Published published = publish(channel, WINDOW, full);
    await().untilAsserted(() -> assertThat(there.seqs(channel)).containsExactly(1L));
    Message heardThere = there.runs().getFirst().messages().getFirst();
    assertThat(heardThere).usingRecursiveComparison().isEqualTo(published.fresh().getFirst());
    assertThat(other.readForward(channel, 1, 10, WINDOW).getFirst())
        .usingRecursiveComparison()
        .isEqualTo(heardThere);
    assertThat(there.runs().getFirst().epoch()).isEqualTo(published.epoch());
  }

  @Test
  void theSameIdThroughTwoNodesIsOneMessage() {
    ChannelId channel = freshChannel();
    Published here = publish(channel, WINDOW, draft("a", "1"));
    Published there =
        other
            .publish(new PublishUnit(TENANT, channel, List.of(draft("a", "1"))), WINDOW)
            .toCompletableFuture()
            .join();
    assertThat(there.items()).isEqualTo(here.items());
    assertThat(there.fresh()).isEmpty();
  }

  @Test
  void aServerThatLostItsMemoryBeginsAnotherEpochAndSubscriptionsGoOn() {
    ChannelId channel = freshChannel();
    AtomicInteger gaps = new AtomicInteger();
    broker.onGap(gaps::incrementAndGet);
    broker.subscribe(channel).toCompletableFuture().join();
    await().until(() -> broker.isHealthy() && gaps.get() > 0);
    int gapsBefore = gaps.get();
    Epoch before = publish(channel, WINDOW, draft("a", "1")).epoch();
    redis.kill();
    // Of its two connections either may be the first to be noticed.
    await().until(() -> !link.isUp() && !broker.isHealthy());
    assertThat(refusal(channel, WINDOW, draft("b", "1"))).isEqualTo(Refusal.STORE_UNAVAILABLE);
    redis.restart();
    await().until(() -> broker.isHealthy() && gaps.get() > gapsBefore);
    Published after = publish(channel, WINDOW, draft("c", "1"));
    assertThat(after.epoch()).isNotEqualTo(before);
    await().until(() -> heard.lastId().equals("c"));
  }

  /** It would take its server for silent, connect again, and miss what is told meanwhile. */
  @Test
  void aNodeThatStoodStillKeepsItsSubscriptions() throws Exception {
    ChannelId channel = freshChannel();
    AtomicInteger gaps = new AtomicInteger();
    broker.onGap(gaps::incrementAndGet);
    broker.subscribe(channel).toCompletableFuture().join();
    await().until(() -> broker.isHealthy() && gaps.get() > 0);
    int before = gaps.get();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    timer.execute(
        () -> {
          while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
          }
        });
    // Two beats later, on the thread that stood still.
    timer.schedule(() -> {}, 3_600, TimeUnit.MILLISECONDS).get();
    assertThat(gaps.get()).isEqualTo(before);
    publish(channel, WINDOW, draft("a", "1"));
    hears(channel, 1L);
  }

  @Test
  void aServerThatComesBackWithAnOldCopyVouchesForNothingNew() throws Exception {
    try (RedisProcess kept = RedisProcess.start("--dbfilename", "kept.rdb");
        RedisLink toKept = PatientLink.open(kept.url(), timer);
        RedisBroker onKept = new RedisBroker(toKept, timer, away)) {
      ChannelId channel = freshChannel();
      Heard there = new Heard();
      onKept.listen(there);
      Published first = publishTo(onKept, channel, "a");
      toKept.ask(commands -> commands.save()).toCompletableFuture().join();
      Published lost = publishTo(onKept, channel, "b");
      assertThat(lost.items().getFirst().seq()).isEqualTo(2);
      onKept.subscribe(channel).toCompletableFuture().join();
      kept.kill();
      await().until(() -> !toKept.isUp());
      kept.restart();
      await().until(onKept::isHealthy);
      Published again = publishTo(onKept, channel, "c");
      assertThat(again.epoch()).isNotEqualTo(first.epoch());
      assertThat(again.items().getFirst().seq()).isEqualTo(2);
      Head head = onKept.head(channel, WINDOW).orElseThrow();
      assertThat(head.epochs()).hasSize(2);
      assertThat(head.resume(new Position(first.epoch(), 1)).complete()).isTrue();
      assertThat(head.resume(new Position(first.epoch(), 2)).complete()).isFalse();
      await()
          .untilAsserted(
              () ->
                  assertThat(there.ended())
                      .containsExactly(
                          new Heard.Ended(channel, head.epochs().getLast(), EpochEnd.EPOCH)));
    }
  }

  private static Published publishTo(Broker broker, ChannelId channel, String id) {
    return broker
        .publish(new PublishUnit(TENANT, channel, List.of(draft(id, "1"))), WINDOW)
        .toCompletableFuture()
        .join();
  }

  /** As a node watches its server: everywhere else here it is given more time. */
  @Test
  void aServerThatStandsStillIsNoticedAndAnswersCountAsUnknown() {
    try (RedisProcess still = RedisProcess.start();
        RedisLink toStill =
            RedisLink.open(RedisAddress.parse(still.url(), RedisLink.TIMEOUT), timer);
        RedisBroker onStill = new RedisBroker(toStill, timer, away)) {
      ChannelId channel = freshChannel();
      await().until(() -> refusalOf(onStill, channel, "a") == null);
      // Again when it was taken to be away before this was asked.
      await()
          .until(
              () -> {
                await().until(toStill::isUp);
                still.signal("STOP");
                Refusal refused = refusalOf(onStill, channel, "b");
                if (refused == Refusal.STORE_UNAVAILABLE) {
                  still.signal("CONT");
                }
                return refused;
              },
              refused -> refused != Refusal.STORE_UNAVAILABLE && unknown(refused));
      await().until(() -> !toStill.isUp());
      assertThat(refusalOf(onStill, channel, "c")).isEqualTo(Refusal.STORE_UNAVAILABLE);
      still.signal("CONT");
      await().until(() -> refusalOf(onStill, channel, "b") == null);
      await().until(onStill::isHealthy);
      assertThat(onStill.readForward(channel, 1, 10, WINDOW))
          .extracting(Message::id)
          .containsExactly("a", "b");
    }
  }

  private static boolean unknown(@Nullable Refusal refused) {
    assertThat(refused).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    return true;
  }

  /** Null when it is taken. */
  private static @Nullable Refusal refusalOf(Broker broker, ChannelId channel, String id) {
    return broker
        .publish(new PublishUnit(TENANT, channel, List.of(draft(id, "1"))), WINDOW)
        .handle((done, failure) -> failure == null ? null : RefusedException.of(failure).refusal())
        .toCompletableFuture()
        .join();
  }

  @Test
  void keysHoldNoNameAndGoWithTheirChannel() {
    ChannelId channel = channel("secret-name:" + System.nanoTime());
    publish(channel, WINDOW, draft("secret-id", "1"));
    var keys = link.ask(commands -> commands.keys("*")).toCompletableFuture().join();
    assertThat(keys).noneMatch(key -> key.contains("secret"));
    RedisChannel named = RedisChannel.of(channel);
    assertThat(keys).anyMatch(key -> key.startsWith(named.base()));
    for (String key : keys) {
      if (key.startsWith(named.base())) {
        Long ttl = link.ask(commands -> commands.pttl(key)).toCompletableFuture().join();
        assertThat(ttl).as(key).isPositive();
      }
    }
    broker.forget(channel);
    var after =
        link.ask(commands -> commands.keys(named.base() + "*")).toCompletableFuture().join();
    assertThat(after).isEmpty();
  }
}
