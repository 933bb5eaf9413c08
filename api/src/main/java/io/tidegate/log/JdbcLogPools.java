package io.tidegate.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.settings.PoolSizes;
import java.time.Duration;

/**
 * The log's own connections: what reads or begins channels cannot take those that lanes need, and
 * each kind has its own time-outs on the server.
 *
 * @param lanes one per lane, and two more to find out an outcome or make a partition; no
 *     auto-commit
 * @param changes bounds the channels begun and ended at the same time; no auto-commit
 * @param reads bounds the reads at work at the same time
 */
public record JdbcLogPools(HikariDataSource lanes, HikariDataSource changes, HikariDataSource reads)
    implements AutoCloseable {
  private static final Duration WRITE_WAIT = Duration.ofSeconds(1);
  private static final Duration READ_WAIT = Duration.ofSeconds(2);

  /** Longer than every statement_timeout: it only ends calls to a server that hangs. */
  private static final String SOCKET_TIMEOUT_SECONDS = "5";

  /** A node that stops between two statements of a batch holds its channels no longer than this. */
  private static final String WRITE_OPTIONS =
      "-c statement_timeout=3000 -c lock_timeout=2000"
          + " -c idle_in_transaction_session_timeout=4000";

  private static final String READ_OPTIONS = "-c statement_timeout=2000";

  /**
   * Every statement of the log has one good plan: along an index. Planning it anew each time costs
   * more than running it, with a partition per day; and a plan made while a table was small must
   * not outlive that.
   */
  private static final String PLANS =
      " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

  /**
   * Batches mix tenants: composite foreign keys are their fence. The role is the connection's for
   * life, once it is committed; without it the connection is of no use to the pool.
   */
  static final String SYSTEM_ROLE = "SELECT set_config('role', tidegate_system_role(), false)";

  /** Sees the rows of the tenant that {@link JdbcTenantQuery} names. */
  private static final String TENANT_ROLE =
      "SELECT set_config('role', tidegate_tenant_role(), false)";

  public static JdbcLogPools open(
      String url, String user, String password, LogSettings settings, PoolSizes sizes) {
    HikariConfig lanes = config(url, user, password, WRITE_OPTIONS);
    lanes.setPoolName("log-lanes");
    lanes.setMaximumPoolSize(settings.lanes() + 2);
    lanes.setConnectionTimeout(WRITE_WAIT.toMillis());
    lanes.setAutoCommit(false);
    lanes.setConnectionInitSql(SYSTEM_ROLE + "; COMMIT");
    HikariConfig changes = config(url, user, password, WRITE_OPTIONS);
    changes.setPoolName("log-changes");
    changes.setMaximumPoolSize(sizes.changes());
    changes.setMinimumIdle(1);
    changes.setConnectionTimeout(READ_WAIT.toMillis());
    changes.setAutoCommit(false);
    changes.setConnectionInitSql(SYSTEM_ROLE + "; COMMIT");
    HikariConfig reads = config(url, user, password, READ_OPTIONS);
    reads.setPoolName("log-reads");
    reads.setMaximumPoolSize(sizes.reads());
    reads.setMinimumIdle(1);
    reads.setConnectionInitSql(TENANT_ROLE);
    reads.setConnectionTimeout(READ_WAIT.toMillis());
    return new JdbcLogPools(
        new HikariDataSource(lanes), new HikariDataSource(changes), new HikariDataSource(reads));
  }

  private static HikariConfig config(String url, String user, String password, String options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setValidationTimeout(500);
    // The database may come up later than the gateway.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("options", options + PLANS);
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "tidegate-log");
    return config;
  }

  @Override
  public void close() {
    lanes.close();
    changes.close();
    reads.close();
  }
}
