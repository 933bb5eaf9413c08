package io.tidegate.node;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.broker.RedisBroker;
import io.tidegate.broker.RedisTrail;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.hub.Hub;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.JdbcTrail;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.store.Stores;
import io.tidegate.tail.StoreTail;
import io.tidegate.tail.TailRepair;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** What finds the messages that this node was not told of; nothing when it is alone. */
@Factory
final class TailFactory {
  @Singleton
  @Requires(condition = Alone.class)
  TailRepair none() {
    return new TailRepair(List.of(), Runnable::run, () -> true, TailFactory::millis);
  }

  @Singleton
  @Requires(condition = Linked.class)
  JdbcTrail trail(JdbcMessageLog log) {
    return log.trail();
  }

  @Singleton
  @Requires(condition = Linked.class)
  TailRepair repair(
      JdbcTrail trail,
      RedisLink link,
      RedisBroker broker,
      Hub hub,
      Stores stores,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    StoreTail log = new StoreTail("log", trail, hub, channel -> isDurable(stores, channel, true));
    StoreTail windows =
        new StoreTail(
            "window", new RedisTrail(link), hub, channel -> isDurable(stores, channel, false));
    return new TailRepair(List.of(log, windows), blocking, broker::isHealthy, TailFactory::millis);
  }

  /** A channel whose app is gone is nobody's. */
  private static boolean isDurable(Stores stores, ChannelId channel, boolean wanted) {
    try {
      return (stores.of(channel).durability() == Durability.DURABLE) == wanted;
    } catch (RefusedException e) {
      if (e.refusal() == Refusal.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
