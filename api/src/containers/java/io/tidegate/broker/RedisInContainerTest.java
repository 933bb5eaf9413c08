package io.tidegate.broker;

import io.tidegate.containers.Engine;
import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.containers.GenericContainer;

/** The broker's contract over the Redis that people run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RedisInContainerTest extends BrokerContract {
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private volatile long ahead;
  private GenericContainer<?> redis;
  private RedisLink link;
  private RedisBroker broker;

  @BeforeAll
  void open() {
    redis = Engine.redis();
    link =
        RedisLink.open(RedisAddress.parse(Engine.redisUrl(redis), RedisLink.TIMEOUT), timer);
    broker = new RedisBroker(link, timer, new MemoryClaims()::claim, () -> ahead);
  }

  @AfterAll
  void close() {
    if (redis != null) {
      broker.close();
      link.close();
      redis.stop();
    }
    timer.shutdownNow();
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
