package io.tidegate.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Trail;
import io.tidegate.problem.Refusal;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes over a Redis Cluster of three primaries, with sharded pub/sub. */
class RedisClusterBrokerTest extends BrokerContract {
  private static RedisCluster cluster;
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
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    timer.shutdownNow();
    cluster.close();
  }

  private static RedisLink open() {
    return PatientLink.open(cluster.url(), timer);
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
  void whatOneNodePublishesTheOtherHearsOnEveryPrimary() {
    Heard there = new Heard();
    other.listen(there);
    for (int i = 0; i < 50; i++) {
      ChannelId channel = freshChannel();
      other.subscribe(channel).toCompletableFuture().join();
      publish(channel, WINDOW, draft("a", "1"), draft("b", "2"));
      await().untilAsserted(() -> assertThat(there.seqs(channel)).containsExactly(1L, 2L));
      assertThat(other.readForward(channel, 1, 10, WINDOW)).hasSize(2);
    }
  }

  @Test
  void theOtherPrimariesGoOnWhenOneDiesAndItsChannelsBeginAnewWhenItIsBack() {
    ChannelId lost = freshChannel();
    RedisProcess dying = cluster.of(RedisChannel.slot(RedisChannel.of(lost).partition()));
    ChannelId kept = freshChannel();
    while (cluster.of(RedisChannel.slot(RedisChannel.of(kept).partition())) == dying) {
      kept = freshChannel();
    }
    broker.subscribe(lost).toCompletableFuture().join();
    broker.subscribe(kept).toCompletableFuture().join();
    Published before = publish(lost, WINDOW, draft("a", "1"));
    Epoch epochOfKept = publish(kept, WINDOW, draft("a", "1")).epoch();
    dying.kill();
    try {
      ChannelId onDead = lost;
      await().until(() -> refusalOf(onDead, "b") == Refusal.STORE_UNAVAILABLE);
      ChannelId onLiving = kept;
      await().until(() -> refusalOf(onLiving, "b") == null);
      hears(kept, 1L, 2L);
      List<ChannelId> both = List.of(lost, kept);
      // The other node may find out later.
      await()
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                Trail.Positions heads = new RedisTrail(otherLink).positions(both);
                assertThat(heads.unread()).containsExactly(onDead);
                assertThat(heads.found().get(onLiving)).isEqualTo(new Position(epochOfKept, 2));
              });
    } finally {
      dying.restart();
    }
    ChannelId back = lost;
    await().atMost(Duration.ofSeconds(60)).until(() -> refusalOf(back, "c") == null);
    await().atMost(Duration.ofSeconds(60)).until(broker::isHealthy);
    Published after = publish(lost, WINDOW, draft("d", "1"));
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    await().until(() -> heard.lastId().equals("d"));
  }

  private Refusal refusalOf(ChannelId channel, String id) {
    return broker
        .publish(new PublishUnit(TENANT, channel, List.of(draft(id, "1"))), WINDOW)
        .handle(
            (done, failure) ->
                failure == null ? null : io.tidegate.problem.RefusedException.of(failure).refusal())
        .toCompletableFuture()
        .join();
  }
}
