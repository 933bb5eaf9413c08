package io.tidegate.node;

import io.micronaut.context.annotation.Factory;
import io.micronaut.jdbc.DataSourceResolver;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.breaker.Breaker;
import io.tidegate.usage.JdbcUsage;
import io.tidegate.usage.Meters;
import io.tidegate.usage.Usage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Writes what this node counted each minute, and once more when it stops; and what is stored. */
@Singleton
class UsageJob {
  private final Usage usage;

  UsageJob(Usage usage) {
    this.usage = usage;
  }

  /** Made with the server and not when it is due first: a node that stops sooner has counted. */
  @EventListener
  void onStartup(ServerStartupEvent started) {}

  @Scheduled(fixedDelay = "1m", initialDelay = "1m")
  void flush() {
    usage.flush();
  }

  /** A method of its own: the framework never runs a task that it also calls when it ends. */
  @PreDestroy
  void flushTheRest() {
    usage.flush();
  }

  /** Often enough that no minute is left out. */
  @Scheduled(fixedDelay = "20s", initialDelay = "10s")
  void measure() {
    usage.measure();
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "5m")
  void forget() {
    usage.forget();
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    JdbcUsage rows(DataSource dataSource, DataSourceResolver resolver, Breaker controlPlane) {
      return new JdbcUsage(resolver.resolve(dataSource), controlPlane);
    }

    @Singleton
    Usage usage(NodeName node, Meters meters, JdbcUsage rows) {
      return new Usage(node.value(), meters, rows);
    }
  }
}
