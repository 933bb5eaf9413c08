package io.tidegate.management;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import jakarta.inject.Singleton;
import java.util.List;

/** The durable log: what waits, how it is committed, and its connections to the database. */
@Singleton
final class LogMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Meters meters;
  private final JdbcMessageLog log;

  LogMetrics(MeterRegistry registry, Meters meters, JdbcMessageLog log) {
    this.registry = registry;
    this.meters = meters;
    this.log = log;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.log.waiting", "Messages waiting for their commit", log::waiting);
    meters.histogram("tidegate_commit_messages", "Messages of a batch", 1, log::batchSizes);
    meters.histogram(
        "tidegate_commit_seconds",
        "From taking a batch to answering its publishes",
        NANOS_PER_SECOND,
        log::batchNanos);
    JdbcLogPools pools = log.pools();
    // The control plane's pool is bound by Micronaut, under the same names.
    for (HikariDataSource pool : List.of(pools.lanes(), pools.changes(), pools.reads())) {
      pool.setMetricRegistry(registry);
    }
  }
}
