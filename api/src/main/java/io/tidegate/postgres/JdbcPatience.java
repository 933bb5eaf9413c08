package io.tidegate.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How long an answer of PostgreSQL is waited for. A server that stands still, or a network that
 * swallows everything, ends no connection: only a bound of our own does.
 */
public final class JdbcPatience {
  public static final Duration READ = Duration.ofSeconds(5);
  public static final Duration WRITE = Duration.ofSeconds(15);

  private JdbcPatience() {}

  /** For this connection, until it goes back to its pool; costs no round trip. */
  public static Connection bound(Connection connection, Duration longest) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) longest.toMillis());
    return connection;
  }
}
