package io.tidegate.node;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log does by itself: looks at its database at the start, and keeps it tidy. */
@Singleton
class LogJob {
  private static final Logger LOG = LoggerFactory.getLogger(LogJob.class);

  private final JdbcMessageLog log;

  LogJob(JdbcMessageLog log) {
    this.log = log;
  }

  /** A database that cannot keep promises is said at once, not at the first publish. */
  @EventListener
  void onStartup(ServerStartupEvent started) {
    try {
      log.check();
    } catch (RefusedException e) {
      LOG.warn("Durable publishes are refused for now: {}", e.detail());
    }
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "30s")
  void sweep() {
    log.retention().sweep();
  }
}
