package io.tidegate.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a transaction whose COMMIT was sent and not answered. While the server
 * says it is in progress, wait; then the stored id decides. The status alone does not: after a
 * crash PostgreSQL gives the number of a transaction that left no trace on disk to another one.
 */
final class JdbcOutcome {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcOutcome.class);
  private static final long PAUSE_MILLIS = 20;
  private static final String IN_PROGRESS = "in progress";

  /** Of a transaction number the server has not come to (any more). */
  private static final String INVALID_PARAMETER = "22023";

  private static final String STATUS = "SELECT pg_xact_status(?::xid8)";
  private static final String STORED =
      "SELECT seq FROM message_ids WHERE log_id = ? AND id = ? AND seq = ?";

  /**
   * Our COMMIT never arrived and never will: its session waits for more and holds its locks. Only
   * the user who opened it sees it.
   */
  private static final String END_SESSION =
      "SET LOCAL ROLE NONE; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE backend_xid = ?::xid8::xid AND state LIKE 'idle in transaction%'";

  enum Outcome {
    COMMITTED,
    ABORTED,
    UNKNOWN
  }

  private final DataSource pool;

  JdbcOutcome(DataSource pool) {
    this.pool = pool;
  }

  Outcome of(String xid, BatchPlan.Row witness, long deadlineNanos) throws InterruptedException {
    do {
      try (Connection connection = pool.getConnection()) {
        if (!isInProgress(connection, xid)) {
          Outcome outcome = isStored(connection, witness) ? Outcome.COMMITTED : Outcome.ABORTED;
          LOG.info("A transaction whose answer was lost turned out {}", outcome);
          return outcome;
        }
        endSession(connection, xid);
      } catch (SQLException stillAway) {
        LOG.debug("The outcome of a transaction is still unknown", stillAway);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } while (System.nanoTime() - deadlineNanos < 0);
    LOG.warn("The outcome of a transaction stays unknown: the database does not answer");
    return Outcome.UNKNOWN;
  }

  private static boolean isInProgress(Connection connection, String xid) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STATUS)) {
      query.setString(1, xid);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && IN_PROGRESS.equals(row.getString(1));
      }
    } catch (SQLException e) {
      if (INVALID_PARAMETER.equals(e.getSQLState())) {
        connection.rollback();
        return false;
      }
      throw e;
    }
  }

  private static boolean isStored(Connection connection, BatchPlan.Row witness)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STORED)) {
      query.setLong(1, witness.logId());
      query.setString(2, witness.message().id());
      query.setLong(3, witness.message().seq());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void endSession(Connection connection, String xid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END_SESSION)) {
      statement.setString(1, xid);
      statement.execute();
    }
    connection.rollback();
  }
}
