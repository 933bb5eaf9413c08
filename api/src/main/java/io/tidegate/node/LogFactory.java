package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.flyway.FlywayMigrator;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogSettings;
import io.tidegate.tenant.AppErasure;
import jakarta.inject.Singleton;

/** The durable log over connections of its own to the control plane's database. */
@Factory
final class LogFactory {
  /**
   * @param migrated makes sure that the tables are there
   */
  @Singleton
  @Bean(preDestroy = "close")
  JdbcMessageLog log(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password,
      FlywayMigrator migrated) {
    LogSettings settings = LogSettings.DEFAULT;
    return new JdbcMessageLog(JdbcLogPools.open(url, user, password, settings), settings);
  }

  @Singleton
  AppErasure logErasure(JdbcMessageLog log) {
    return (tenant, app) -> log.eraseApp(app);
  }
}
