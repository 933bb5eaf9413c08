package io.tidegate.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases rows in small steps of one transaction each, so that no publish waits long for a channel.
 */
final class JdbcErasures {
  private static final int CHANNELS_PER_STEP = 200;
  private static final int ROWS_PER_STEP = 5_000;

  /** Logs erased in one round; the others follow in the next. */
  private static final int LOGS_PER_ROUND = 1_000;

  /**
   * Channels are locked in the order in which batches lock them. Rows of a shorter retention go
   * before older ones of a longer one: nothing below such a hole may be read any more. How far it
   * got is written down with it: stored bytes are subtracted once.
   */
  private static final String TAKE_OUT =
      "WITH part AS (SELECT log_id, max(seq) AS last,"
          + " sum(log_stored_bytes(name, data, headers)) AS bytes FROM %1$s WHERE log_id >"
          + " coalesce((SELECT log_id FROM log_sweeps WHERE partition = '%1$s'), 0)"
          + " GROUP BY log_id ORDER BY log_id LIMIT "
          + CHANNELS_PER_STEP
          + "), locked AS (SELECT c.log_id, part.last, part.bytes"
          + " FROM channels c JOIN part USING (log_id)"
          + " ORDER BY c.log_id FOR NO KEY UPDATE OF c),"
          + " taken AS (UPDATE channels c SET"
          + " first_seq = greatest(c.first_seq, locked.last + 1),"
          + " stored_bytes = greatest(c.stored_bytes - locked.bytes, 0)"
          + " FROM locked WHERE c.log_id = locked.log_id)"
          + " INSERT INTO log_sweeps (partition, log_id)"
          + " SELECT '%1$s', max(log_id) FROM part HAVING count(*) > 0"
          + " ON CONFLICT (partition) DO UPDATE SET log_id = excluded.log_id";

  private static final String ERASE_MESSAGES =
      "DELETE FROM messages WHERE log_id = ? AND seq <"
          + " (SELECT min(seq) FROM messages WHERE log_id = ?) + "
          + ROWS_PER_STEP;

  private static final String ERASE_IDS =
      "DELETE FROM message_ids WHERE log_id = ? AND id IN"
          + " (SELECT id FROM message_ids WHERE log_id = ? LIMIT "
          + ROWS_PER_STEP
          + ")";

  private static final String ERASE_CHANNELS =
      "DELETE FROM channels WHERE log_id IN (SELECT log_id FROM channels WHERE expires_on <= ?"
          + " ORDER BY log_id LIMIT "
          + CHANNELS_PER_STEP
          + " FOR UPDATE SKIP LOCKED)";

  /** The partition is about to go: what it holds is out of reach from now on, and not stored. */
  void takeOut(Connection connection, String partition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      while (statement.executeUpdate(TAKE_OUT.formatted(partition)) > 0) {
        continue;
      }
    }
  }

  /** What renewed and forgotten channels have left. */
  void eraseLogs(Connection connection) throws SQLException {
    for (long logId : logsToErase(connection)) {
      while (delete(connection, ERASE_MESSAGES, logId, logId) > 0) {
        continue;
      }
      while (delete(connection, ERASE_IDS, logId, logId) > 0) {
        continue;
      }
      delete(connection, "DELETE FROM log_erasures WHERE log_id = ?", logId);
    }
  }

  private static List<Long> logsToErase(Connection connection) throws SQLException {
    List<Long> logs = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT log_id FROM log_erasures ORDER BY requested_at LIMIT " + LOGS_PER_ROUND)) {
      while (row.next()) {
        logs.add(row.getLong(1));
      }
    }
    return logs;
  }

  private static int delete(Connection connection, String command, long... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(command)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Channels that left so long ago that nobody comes behind them any more. */
  void forgetMoves(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM channels_left WHERE until < clock_timestamp()");
    }
  }

  /** Channels of which nothing is kept: published to again they begin anew, in another epoch. */
  void eraseEndedChannels(Connection connection, LocalDate today) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ERASE_CHANNELS)) {
      statement.setObject(1, today);
      while (statement.executeUpdate() > 0) {
        continue;
      }
    }
  }
}
