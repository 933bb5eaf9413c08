package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.flyway.FlywayMigrator;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogBreakers;
import io.tidegate.log.LogSettings;
import io.tidegate.log.Witness;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.AppErasure;
import jakarta.inject.Singleton;

/** The durable log over connections of its own to the control plane's database. */
@Factory
final class LogFactory {
  /**
   * Closed with the log.
   *
   * @param migrated makes sure that the tables and roles are there
   */
  @Singleton
  JdbcLogPools pools(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password,
      Settings settings,
      FlywayMigrator migrated) {
    return JdbcLogPools.open(url, user, password, LogSettings.DEFAULT, settings.pools());
  }

  @Singleton
  @Bean(preDestroy = "close")
  JdbcMessageLog log(JdbcLogPools pools, LogBreakers breakers, Settings settings, Witness witness) {
    boolean alone = settings.redisUrl() == null;
    return new JdbcMessageLog(pools, breakers, LogSettings.DEFAULT, alone, witness);
  }

  @Singleton
  AppErasure logErasure(JdbcMessageLog log) {
    return (tenant, app) -> log.eraseApp(app);
  }
}
