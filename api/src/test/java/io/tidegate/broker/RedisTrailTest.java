package io.tidegate.broker;

import static io.tidegate.broker.BrokerContract.TENANT;
import static io.tidegate.broker.BrokerContract.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Trail;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one node published, another reads from the trail, and is told when it cannot know. */
class RedisTrailTest {
  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private final RedisLink link = PatientLink.open(redis.url(), timer);
  private final RedisLink otherLink = PatientLink.open(redis.url(), timer);
  private final AtomicInteger fallbacks = new AtomicInteger();
  private final MemoryClaims memory = new MemoryClaims();
  private final RedisBroker broker = new RedisBroker(link, timer, this::fallback);
  private final RedisTrail trail = new RedisTrail(otherLink);
  private final ChannelId channel = BrokerContract.freshChannel();

  private boolean fallback(String name, Duration ttl) {
    fallbacks.incrementAndGet();
    return memory.claim(name, ttl);
  }

  @AfterEach
  void close() {
    broker.close();
    link.close();
    otherLink.close();
    timer.shutdownNow();
    redis.close();
  }

  @Test
  void beginsIncompleteAndThenSaysWhereChannelsAreOnce() {
    assertThat(trail.next().complete()).isFalse();
    publish(channel, 2);
    Published last = publish(channel, 1);
    ChannelId second = BrokerContract.freshChannel();
    publish(second, 1);
    Trail.Step step = trail.next();
    assertThat(step.complete()).isTrue();
    assertThat(step.changed()).containsOnlyKeys(channel, second);
    assertThat(step.changed()).containsEntry(channel, new Position(last.epoch(), 3));
    assertThat(trail.next()).isEqualTo(new Trail.Step(Map.of(), true));
  }

  @Test
  void aRenewedChannelIsInItByItsNewEpoch() {
    publish(channel, 2);
    trail.next();
    EpochStart next = broker.renew(TENANT, channel, 0);
    assertThat(trail.next().changed())
        .containsExactly(Map.entry(channel, new Position(next.epoch(), 2)));
  }

  @Test
  void isIncompleteWhenMoreWasPublishedThanItHolds() {
    trail.next();
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i <= RedisLane.TRAIL; i++) {
      answers.add(send(channel, 1));
    }
    answers.forEach(answer -> answer.toCompletableFuture().join());
    assertThat(trail.next().complete()).isFalse();
    publish(channel, 1);
    assertThat(trail.next().complete()).isTrue();
  }

  @Test
  void saysWhereChannelsAreThatItIsAskedFor() {
    List<ChannelId> channels = new ArrayList<>();
    Map<ChannelId, Position> expected = new java.util.HashMap<>();
    for (int i = 0; i < 200; i++) {
      ChannelId one = BrokerContract.freshChannel();
      channels.add(one);
      expected.put(one, new Position(publish(one, 1 + i % 3).epoch(), 1 + i % 3));
    }
    channels.add(BrokerContract.freshChannel());
    assertThat(trail.positions(channels)).isEqualTo(new Trail.Positions(expected, Set.of()));
  }

  @Test
  void aServerThatHasLostEverythingIsNotTheOneItWas() {
    publish(channel, 1);
    trail.next();
    redis.kill();
    await().atMost(Duration.ofMinutes(1)).until(() -> !otherLink.isUp());
    assertThatThrownBy(trail::next).isInstanceOf(RefusedException.class);
    redis.restart();
    await().atMost(Duration.ofMinutes(1)).until(() -> otherLink.isUp() && link.isUp());
    assertThat(trail.next().complete()).isFalse();
    assertThat(trail.positions(List.of(channel)).found()).isEmpty();
    publish(channel, 1);
    assertThat(trail.next().complete()).isTrue();
  }

  @Test
  void namesAreClaimedElsewhereWhileRedisIsAwayAndNotAgainWhenItIsBack() {
    Duration ttl = Duration.ofMinutes(10);
    assertThat(broker.claim("before", ttl)).isTrue();
    assertThat(broker.claim("before", ttl)).isFalse();
    assertThat(fallbacks).hasValue(0);
    redis.kill();
    assertThat(broker.claim("meanwhile", ttl)).isTrue();
    assertThat(broker.claim("meanwhile", ttl)).isFalse();
    redis.restart();
    await().atMost(Duration.ofMinutes(1)).until(link::isUp);
    assertThat(broker.claim("meanwhile", ttl)).isFalse();
    assertThat(broker.claim("after", ttl)).isTrue();
    assertThat(broker.claim("after", ttl)).isFalse();
  }

  private Published publish(ChannelId to, int count) {
    return send(to, count).toCompletableFuture().join();
  }

  private CompletionStage<Published> send(ChannelId to, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = "1".getBytes(StandardCharsets.UTF_8);
      drafts.add(new Draft("d" + i, null, data, null, null, null, null, null, true));
    }
    return broker.publish(new PublishUnit(TENANT, to, drafts), WINDOW);
  }
}
