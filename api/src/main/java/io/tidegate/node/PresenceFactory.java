package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.broker.RedisBroker;
import io.tidegate.limit.Quotas;
import io.tidegate.presence.MemoryPresence;
import io.tidegate.presence.Presence;
import io.tidegate.presence.PresenceFigures;
import io.tidegate.presence.PresenceStore;
import io.tidegate.presence.RedisPresence;
import io.tidegate.presence.Rooms;
import io.tidegate.redis.RedisLink;
import io.tidegate.tenant.Directory;
import io.tidegate.webhook.standing.Witness;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Presence, put together for this node. */
@Factory
final class PresenceFactory {
  private static final int SWEEP_MILLIS = 250;

  @Singleton
  @Requires(condition = Alone.class)
  @Bean(preDestroy = "close")
  PresenceStore alone(InstantSource clock, @Named("node-timer") ScheduledExecutorService timer) {
    MemoryPresence store = new MemoryPresence(System::nanoTime, clock.millis());
    timer.scheduleWithFixedDelay(store::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    return store;
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(preDestroy = "close", typed = RedisPresence.class)
  RedisPresence linked(RedisLink link, RedisBroker broker, NodeName node, PresenceFigures figures) {
    RedisPresence store = new RedisPresence(link, node.value(), figures);
    broker.onPresence(store::hear);
    return store;
  }

  @Singleton
  @Requires(condition = Linked.class)
  PresenceStore linked(RedisPresence presence) {
    return presence;
  }

  @Singleton
  PresenceFigures figures() {
    return new PresenceFigures();
  }

  @Singleton
  Rooms rooms(
      PresenceStore store,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      @Named("node-timer") ScheduledExecutorService timer,
      PresenceFigures figures) {
    return new Rooms(store, blocking, timer, figures);
  }

  @Singleton
  Presence presence(
      Directory directory, Quotas quotas, PresenceStore store, Rooms rooms, Witness witness) {
    return new Presence(directory, quotas, store, rooms, witness);
  }
}
