package io.tidegate.log;

import io.tidegate.breaker.Breaker;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/** Runs one piece of work on a pooled connection and turns its faults into refusals. */
final class JdbcSession {
  private final DataSource pool;
  private final Breaker breaker;

  JdbcSession(DataSource pool, Breaker breaker) {
    this.pool = pool;
    this.breaker = breaker;
  }

  /** What is done with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * For work that only reads: tried again once when the connection was lost, since all those of a
   * pool are stale when the database comes back. Not when the pool or the read itself has waited in
   * vain.
   *
   * @throws RefusedException STORE_UNAVAILABLE, READ_TIMEOUT
   */
  <T> T read(Work<T> work) {
    breaker.requireClosed();
    try {
      return once(work);
    } catch (SQLException first) {
      if (!JdbcFaults.isConnectionLost(first)
          || JdbcFaults.isHang(first)
          || first instanceof SQLTransientConnectionException) {
        throw refusal(first);
      }
    }
    return write(work);
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE, READ_TIMEOUT
   */
  <T> T write(Work<T> work) {
    breaker.requireClosed();
    try {
      return once(work);
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      T result = work.on(connection);
      breaker.answered();
      return result;
    }
  }

  private RefusedException refusal(SQLException e) {
    breaker.failed(e);
    return JdbcFaults.isTimeout(e) ? Refusals.readTimeout(e) : Refusals.readUnavailable(e);
  }
}
