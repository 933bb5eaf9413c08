package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.jdbc.DataSourceResolver;
import io.tidegate.breaker.Breaker;
import io.tidegate.breaker.Compartment;
import io.tidegate.breaker.Contact;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.LogBreakers;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** What stands between this node and a PostgreSQL that is away or busy. */
@Factory
final class BreakerFactory {
  private static final int FAILED_CALLS = 3;

  @Singleton
  LogBreakers logBreakers(JdbcLogPools pools) {
    return LogBreakers.over(pools);
  }

  /** Of directory, revocations, control plane and usage: they share a pool. */
  @Singleton
  @Bean(preDestroy = "close")
  Breaker controlPlane(DataSource dataSource, DataSourceResolver resolver) {
    return new Breaker("control-plane", FAILED_CALLS, resolver.resolve(dataSource));
  }

  /** Half of the log's readers, at the most: resume, rewind and slow clients have the others. */
  @Singleton
  Compartment historyScans(Settings settings) {
    return new Compartment("history-scans", Math.max(1, settings.pools().reads() / 2));
  }

  @Singleton
  Contact contact() {
    return new Contact(System::nanoTime);
  }
}
