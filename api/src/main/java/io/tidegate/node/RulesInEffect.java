package io.tidegate.node;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.hub.Hub;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Stores;
import io.tidegate.store.Switchover;
import io.tidegate.tenant.App;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Directory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves an app's channels when a change of durability takes effect, 10 s after its commit; also
 * those that a node which was killed in between left behind.
 */
@Singleton
final class RulesInEffect implements ApplicationEventListener<ServerStartupEvent> {
  /** Past the moment itself, so that nothing is found not to be due yet. */
  private static final long MARGIN_MILLIS = 50;

  /** From one turn to the next, as long as a change is not in effect everywhere. */
  private static final long TURN_MILLIS = 250;

  private static final long RETRY_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RulesInEffect.class);

  private final Directory directory;
  private final Switchover switchover;
  private final Hub hub;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;

  /** Apps that somebody comes back to; as many as have changes that are not in effect. */
  private final Set<AppId> planned = ConcurrentHashMap.newKeySet();

  /** Of those the ones whose last turn failed: an outage is told once. */
  private final Set<AppId> failing = ConcurrentHashMap.newKeySet();

  RulesInEffect(
      Directory directory,
      Stores stores,
      Hub hub,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.directory = directory;
    this.switchover = stores.switchover();
    this.hub = hub;
    this.timer = timer;
    this.blocking = blocking;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    directory.listen(app -> blocking.execute(() -> plan(app)));
    blocking.execute(this::planUnsettled);
  }

  private void planUnsettled() {
    try {
      directory.unsettled().forEach(this::plan);
    } catch (RuntimeException e) {
      LOG.warn("changes of rules that were cut short are looked for later", e);
      timer.schedule(
          () -> blocking.execute(this::planUnsettled), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Comes back when the next change of the app is due, unless somebody does already. */
  private void plan(AppId app) {
    try {
      AppRules rules = directory.rules(app);
      if (!rules.superseded().isEmpty() && planned.add(app)) {
        long nanos = rules.superseded().getFirst().untilNanos() - System.nanoTime();
        later(app, Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)) + MARGIN_MILLIS);
      }
    } catch (RuntimeException e) {
      if (planned.add(app)) {
        failed(app, e);
      }
    }
  }

  private void failed(AppId app, RuntimeException failure) {
    if (failing.add(app)) {
      if (failure instanceof RefusedException refused) {
        LOG.warn("channels of app {} follow their new rules later: {}", app, refused.detail());
      } else {
        LOG.error("channels of app {} follow their new rules later", app, failure);
      }
    }
    later(app, RETRY_MILLIS);
  }

  private void later(AppId app, long millis) {
    timer.schedule(() -> blocking.execute(() -> move(app)), millis, TimeUnit.MILLISECONDS);
  }

  private void move(AppId app) {
    try {
      App served = directory.app(app).orElse(null);
      AppRules rules = directory.rules(app);
      if (served == null || rules.superseded().isEmpty()) {
        switchover.settled(app);
        failing.remove(app);
        planned.remove(app);
        // Of a change that came in between nobody has taken care.
        plan(app);
        return;
      }
      // What comes due while channels move is another turn's.
      long change = rules.inEffect(System.nanoTime());
      List<ChannelId> occupied = new ArrayList<>();
      hub.occupied(app, (channel, subscribers) -> occupied.add(channel));
      switchover.moveAll(served.tenant(), app, rules, occupied);
      directory.settle(app, change);
      if (failing.remove(app)) {
        LOG.info("channels of app {} follow their new rules", app);
      }
      later(app, TURN_MILLIS);
    } catch (RuntimeException e) {
      failed(app, e);
    }
  }
}
