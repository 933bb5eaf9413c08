package io.tidegate.node;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.auth.Revocations;
import io.tidegate.channel.AppId;
import io.tidegate.limit.Quotas;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.store.Replay;
import io.tidegate.tenant.Directory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running node does again and again: drops what is old, and rechecks who is connected. */
@Singleton
final class Upkeep implements ApplicationEventListener<ServerStartupEvent> {
  /** Keys expire without anybody telling; revocations are in effect at once, by their listeners. */
  private static final int RECHECK_SECONDS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Replay replay;
  private final Sessions sessions;
  private final Directory directory;
  private final Revocations revocations;
  private final Quotas quotas;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;

  Upkeep(
      Replay replay,
      Sessions sessions,
      Directory directory,
      Revocations revocations,
      Quotas quotas,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.replay = replay;
    this.sessions = sessions;
    this.directory = directory;
    this.revocations = revocations;
    this.quotas = quotas;
    this.timer = timer;
    this.blocking = blocking;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    directory.listen(app -> recheck(Set.of(app)));
    revocations.listen(app -> recheck(Set.of(app)));
    every(1, replay::sweep);
    every(RECHECK_SECONDS, () -> recheck(connectedApps()));
    every(60, () -> blocking.execute(this::dropExpired));
    every(60, quotas::forgetIdle);
  }

  private void dropExpired() {
    try {
      revocations.dropExpired();
    } catch (RefusedException e) {
      LOG.info("expired revocations are dropped later: {}", e.detail());
    }
  }

  private void recheck(Set<AppId> apps) {
    for (AppId app : apps) {
      blocking.execute(() -> sessions.recheck(app));
    }
  }

  private Set<AppId> connectedApps() {
    return sessions.matching(session -> true).stream()
        .map(Session::principal)
        .filter(java.util.Objects::nonNull)
        .map(principal -> principal.app())
        .collect(Collectors.toSet());
  }

  /** A task that fails is tried again at its next turn; a timer would drop it. */
  private void every(int seconds, Runnable task) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("upkeep failed, it goes on", e);
          }
        },
        seconds,
        seconds,
        TimeUnit.SECONDS);
  }
}
