package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.pulse.Neighbours;
import io.tidegate.pulse.Pulse;
import io.tidegate.pulse.RedisNeighbours;
import io.tidegate.redis.RedisLink;
import io.tidegate.usage.Meters;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a second at what goes on here, and tells the other nodes. */
@Singleton
final class PulseJob implements ApplicationEventListener<ServerStartupEvent> {
  private static final int BEAT_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(PulseJob.class);

  private final Pulse pulse;
  private final @Nullable RedisNeighbours neighbours;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;
  private final InstantSource clock;
  private final AtomicBoolean underWay = new AtomicBoolean();

  PulseJob(
      Pulse pulse,
      @Nullable RedisNeighbours neighbours,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      InstantSource clock) {
    this.pulse = pulse;
    this.neighbours = neighbours;
    this.timer = timer;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    timer.scheduleWithFixedDelay(
        () -> blocking.execute(this::beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    if (!underWay.compareAndSet(false, true)) {
      return;
    }
    try {
      pulse.look();
      if (neighbours != null) {
        neighbours.tell(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.error("looking at what goes on here failed, it goes on", e);
    } finally {
      underWay.set(false);
    }
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    Pulse pulse(Meters meters) {
      return new Pulse(meters, System::nanoTime);
    }

    @Singleton
    @Requires(condition = Alone.class)
    Neighbours alone() {
      return Neighbours.NONE;
    }

    @Singleton
    @Requires(condition = Linked.class)
    @Bean(typed = RedisNeighbours.class)
    RedisNeighbours linked(RedisLink link, NodeName node, Pulse pulse) {
      return new RedisNeighbours(link, node.value(), pulse);
    }

    @Singleton
    @Requires(condition = Linked.class)
    Neighbours linked(RedisNeighbours neighbours) {
      return neighbours;
    }
  }
}
