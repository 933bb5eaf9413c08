package io.tidegate.node;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.source.JdbcCursors;
import io.tidegate.webhook.source.Sweep;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has what was left untold of windows told, each 2 s. */
@Singleton
class PublishedJob implements ApplicationEventListener<ServerStartupEvent> {
  private static final int PERIOD_MILLIS = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(PublishedJob.class);

  private final Sweep sweep;
  private final JdbcCursors cursors;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;
  private final AtomicBoolean underWay = new AtomicBoolean();

  PublishedJob(
      Sweep sweep,
      JdbcCursors cursors,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.sweep = sweep;
    this.cursors = cursors;
    this.timer = timer;
    this.blocking = blocking;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    timer.scheduleWithFixedDelay(
        () -> blocking.execute(this::step), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void step() {
    if (!underWay.compareAndSet(false, true)) {
      return;
    }
    try {
      sweep.step();
    } catch (RefusedException away) {
      LOG.debug("what webhooks were not told of is looked for later", away);
    } catch (RuntimeException e) {
      LOG.error("looking for what webhooks were not told of failed, it goes on", e);
    } finally {
      underWay.set(false);
    }
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "1h")
  void forget() {
    try {
      cursors.forget();
    } catch (RefusedException away) {
      LOG.debug("old cursors of webhooks are forgotten later", away);
    }
  }
}
