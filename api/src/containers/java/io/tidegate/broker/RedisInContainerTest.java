package io.tidegate.broker;

import io.tidegate.containers.Engine;
import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;

/** The broker's contract over the Redis that people run. */
class RedisInContainerTest extends BrokerContract {
  @SuppressWarnings("NullAway.Init")
  private static GenericContainer<?> redis;

  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private volatile long ahead;
  private final RedisLink link =
      RedisLink.open(RedisAddress.parse(Engine.redisUrl(redis), RedisLink.TIMEOUT), timer);
  private final RedisBroker broker =
      new RedisBroker(link, timer, new MemoryClaims()::claim, () -> ahead);

  @BeforeAll
  static void startRedis() {
    redis = Engine.redis();
  }

  @AfterAll
  static void stopRedis() {
    timer.shutdownNow();
    if (redis != null) {
      redis.stop();
    }
  }

  @AfterEach
  void close() {
    broker.close();
    link.close();
  }

  @Override
  Broker broker() {
    return broker;
  }

  @Override
  void pass(Duration time) {
    ahead += time.toMillis();
  }
}
