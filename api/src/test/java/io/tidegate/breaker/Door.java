package io.tidegate.breaker;

import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to the tests' PostgreSQL, which end as those to an absent one do while it is shut.
 */
final class Door extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  private final AtomicInteger knocks = new AtomicInteger();
  private volatile boolean shut;

  Door() {
    TestServer server = TestPostgres.server();
    setUrl(server.jdbcUrl());
    setUser(server.user());
    setPassword(server.password());
  }

  void shut(boolean how) {
    shut = how;
  }

  /** How often somebody wanted a connection. */
  int knocks() {
    return knocks.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    knocks.incrementAndGet();
    if (shut) {
      throw new SQLException("connection refused", "08001");
    }
    return super.getConnection();
  }
}
