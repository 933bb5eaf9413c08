package io.tidegate.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/**
 * The log's own connections: reads cannot take those that writing needs, and each kind has its own
 * time-outs on the server.
 *
 * @param write one per lane, one more per lane to find out an outcome or make a partition, and two
 * @param read bounds the reads at work at the same time
 */
public record JdbcLogPools(HikariDataSource write, HikariDataSource read) implements AutoCloseable {
  private static final int READS_AT_ONCE = 8;
  private static final Duration WRITE_WAIT = Duration.ofSeconds(1);
  private static final Duration READ_WAIT = Duration.ofSeconds(2);

  /** Longer than every statement_timeout: it only ends calls to a server that hangs. */
  private static final String SOCKET_TIMEOUT_SECONDS = "5";

  /** A node that stops between two statements of a batch holds its channels no longer than this. */
  private static final String WRITE_OPTIONS =
      "-c statement_timeout=3000 -c lock_timeout=2000"
          + " -c idle_in_transaction_session_timeout=4000 -c jit=off";

  private static final String READ_OPTIONS = "-c statement_timeout=2000 -c jit=off";

  public static JdbcLogPools open(String url, String user, String password, LogSettings settings) {
    HikariConfig write = config(url, user, password, WRITE_OPTIONS);
    write.setPoolName("log-write");
    write.setMaximumPoolSize(2 * settings.lanes() + 2);
    write.setMinimumIdle(settings.lanes());
    write.setConnectionTimeout(WRITE_WAIT.toMillis());
    write.setAutoCommit(false);
    write.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariConfig read = config(url, user, password, READ_OPTIONS);
    read.setPoolName("log-read");
    read.setMaximumPoolSize(READS_AT_ONCE);
    read.setMinimumIdle(1);
    read.setConnectionTimeout(READ_WAIT.toMillis());
    return new JdbcLogPools(new HikariDataSource(write), new HikariDataSource(read));
  }

  private static HikariConfig config(String url, String user, String password, String options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setValidationTimeout(500);
    // The database may come up later than the gateway.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("options", options);
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "tidegate-log");
    return config;
  }

  @Override
  public void close() {
    write.close();
    read.close();
  }
}
