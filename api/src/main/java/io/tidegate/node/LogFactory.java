package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
<<<<<<< HEAD
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogSettings;
import io.tidegate.tenant.AppErasure;
import jakarta.inject.Singleton;

/** The log over connections of its own to the control plane's database. */
@Factory
class LogFactory {
  @Singleton
  @Bean(preDestroy = "close")
  JdbcMessageLog messageLog(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password) {
    LogSettings settings = LogSettings.DEFAULT;
    return new JdbcMessageLog(JdbcLogPools.open(url, user, password, settings), settings);
  }

  @Singleton
  AppErasure logErasure(JdbcMessageLog log) {
    return (tenant, app) -> log.eraseApp(app);
=======
import io.micronaut.flyway.FlywayMigrator;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogSettings;
import jakarta.inject.Singleton;

/** The durable log on its own connections. */
@Factory
final class LogFactory {
  @Singleton
  @Bean(preDestroy = "close")
  JdbcLogPools pools(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password) {
    return JdbcLogPools.open(url, user, password, LogSettings.DEFAULT);
  }

  /**
   * @param migrated makes sure that the tables are there
   */
  @Singleton
  @Bean(preDestroy = "close")
  JdbcMessageLog log(JdbcLogPools pools, FlywayMigrator migrated) {
    return new JdbcMessageLog(pools.write(), pools.read(), LogSettings.DEFAULT);
>>>>>>> main
  }
}
