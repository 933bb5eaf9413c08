package io.tidegate.node;

import io.micronaut.context.annotation.Factory;
import io.micronaut.jdbc.DataSourceResolver;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.breaker.Breaker;
import io.tidegate.metalog.MetaLog;
import io.tidegate.refusal.JdbcRefusals;
import io.tidegate.refusal.RefusalStore;
import io.tidegate.refusal.Refusals;
import io.tidegate.usage.Meters;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Writes what this node refused each second, and once more when it stops. */
@Singleton
class RefusalJob {
  private final Refusals refusals;

  RefusalJob(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Made with the server and not when it is due first: a node that stops sooner has refused. */
  @EventListener
  void onStartup(ServerStartupEvent started) {}

  @Scheduled(fixedDelay = "1s", initialDelay = "1s")
  void flush() {
    refusals.flush();
  }

  /** A method of its own: the framework never runs a task that it also calls when it ends. */
  @PreDestroy
  void flushTheRest() {
    refusals.flush();
  }

  @Scheduled(fixedDelay = "5m", initialDelay = "2m")
  void forget() {
    refusals.forget();
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    RefusalStore rows(DataSource dataSource, DataSourceResolver resolver, Breaker controlPlane) {
      return new JdbcRefusals(resolver.resolve(dataSource), controlPlane);
    }

    @Singleton
    Refusals refusals(RefusalStore rows, InstantSource clock) {
      return new Refusals(rows, clock, System::nanoTime);
    }

    @Singleton
    ToldRefusals told(Meters meters, Refusals refusals, MetaLog log) {
      return new ToldRefusals(meters, refusals, log);
    }
  }
}
