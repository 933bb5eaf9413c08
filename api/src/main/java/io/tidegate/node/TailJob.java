package io.tidegate.node;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.broker.RedisBroker;
import io.tidegate.log.JdbcTrail;
import io.tidegate.problem.RefusedException;
import io.tidegate.tail.TailRepair;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the tails of both stores read, and at once when hints may have been missed. */
@Singleton
@Requires(condition = Linked.class)
class TailJob implements ApplicationEventListener<ServerStartupEvent> {
  private static final int BEAT_MILLIS = 250;
  private static final Logger LOG = LoggerFactory.getLogger(TailJob.class);

  private final TailRepair repair;
  private final JdbcTrail trail;
  private final RedisBroker broker;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;

  TailJob(
      TailRepair repair,
      JdbcTrail trail,
      RedisBroker broker,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.repair = repair;
    this.trail = trail;
    this.broker = broker;
    this.timer = timer;
    this.blocking = blocking;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    broker.onGap(
        () -> {
          repair.hurry();
          blocking.execute(this::beat);
        });
    timer.scheduleWithFixedDelay(
        () -> blocking.execute(this::beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      repair.beat();
    } catch (RuntimeException e) {
      LOG.error("reading what other nodes published failed, it goes on", e);
    }
  }

  @Scheduled(fixedDelay = "1m", initialDelay = "1m")
  void clean() {
    try {
      trail.clean();
    } catch (RefusedException away) {
      LOG.debug("The trail of the log is cleaned later", away);
    }
  }
}
