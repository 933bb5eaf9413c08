package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.jdbc.DataSourceResolver;
import io.tidegate.breaker.Breaker;
import io.tidegate.broker.Broker;
import io.tidegate.broker.JdbcClaims;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.broker.RedisBroker;
import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import io.tidegate.settings.Settings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What links this node to others: Redis, or nothing when it is alone. */
@Factory
final class BrokerFactory {
  /** Windows of a single node live in its heap; beyond this share publishes are refused. */
  private static final int WINDOW_SHARE_OF_HEAP = 4;

  @Singleton
  @Requires(condition = Alone.class)
  @Bean(preDestroy = "close")
  Broker alone(InstantSource clock, @Named("node-timer") ScheduledExecutorService timer) {
    long most = Runtime.getRuntime().maxMemory() / WINDOW_SHARE_OF_HEAP;
    MemoryBroker broker = new MemoryBroker(clock, most);
    timer.scheduleWithFixedDelay(broker::sweep, 1, 1, TimeUnit.SECONDS);
    return broker;
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(preDestroy = "close")
  RedisLink link(Settings settings, @Named("node-timer") ScheduledExecutorService timer) {
    String urls = Objects.requireNonNull(settings.redisUrl());
    return RedisLink.open(RedisAddress.parse(urls, RedisLink.TIMEOUT), timer);
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(preDestroy = "close")
  RedisBroker linked(
      RedisLink link,
      @Named("node-timer") ScheduledExecutorService timer,
      DataSource dataSource,
      DataSourceResolver resolver,
      Breaker controlPlane) {
    return new RedisBroker(link, timer, new JdbcClaims(resolver.resolve(dataSource), controlPlane));
  }
}
