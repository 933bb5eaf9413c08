package io.tidegate.log;

import io.tidegate.postgres.JdbcBootCheck;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the server behind each new connection: whether it keeps what it acknowledges, and
 * whether it is the one the newest generation was begun on. On another one (a fail-over, a restore)
 * the next generation begins, and with it an epoch of every channel.
 */
final class JdbcGenerations {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcGenerations.class);
  private static final int TIMELINE_DIGITS = 8;
  private static final int HEX = 16;

  /** pg_control_checkpoint() would be stale after a promotion; the current WAL file is not. */
  private static final String IDENTITY =
      "SELECT s.system_identifier, pg_walfile_name(pg_current_wal_lsn()),"
          + " EXISTS (SELECT FROM (SELECT system_identifier, timeline FROM log_generations"
          + " ORDER BY generation DESC LIMIT 1) g"
          + " WHERE g.system_identifier = s.system_identifier AND g.timeline ="
          + " ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint)"
          + " FROM pg_control_system() s";

  /** A random step: two copies of one database, each restored, do not name their epochs alike. */
  private static final String NEXT =
      "INSERT INTO log_generations (generation, system_identifier, timeline, reason)"
          + " SELECT coalesce(max(generation), 0) + 1 + floor(random() * 100000)::integer, ?, ?, ?"
          + " FROM log_generations";

  /** An advisory lock: any number, the same in every version. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(7306086967004115528)";

  /** Connections looked at, by the driver's own object. */
  private final Map<PGConnection, Boolean> seen = Collections.synchronizedMap(new WeakHashMap<>());

  /** The server's settings as they were logged last, so that each change is one line. */
  private volatile List<String> reported = List.of();

  /**
   * @throws RefusedException DURABLE_UNAVAILABLE
   */
  void check(Connection connection) throws SQLException {
    PGConnection physical = connection.unwrap(PGConnection.class);
    if (seen.containsKey(physical)) {
      return;
    }
    refuseUnlessDurable(connection);
    while (!isCurrent(connection)) {
      begin(connection, "a server not met before", true);
    }
    seen.put(physical, Boolean.TRUE);
  }

  private void refuseUnlessDurable(Connection connection) throws SQLException {
    List<String> off = JdbcBootCheck.off(connection);
    if (!off.equals(reported)) {
      reported = off;
      if (!off.isEmpty()) {
        LOG.error(
            "The database has {} off: acknowledged messages could be lost, so channels of class"
                + " 'durable' are refused until it is on",
            String.join(", ", off));
      }
    }
    if (!off.isEmpty()) {
      throw Refusals.notDurable();
    }
  }

  private static boolean isCurrent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IDENTITY)) {
      row.next();
      return row.getBoolean(3);
    }
  }

  /** Ends every durable epoch: what {@code tidegate restored} does. */
  static void begin(Connection connection, String reason) throws SQLException {
    begin(connection, reason, false);
  }

  /** Until the end of the transaction nobody else begins a generation. */
  static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
    }
  }

  private static void begin(Connection connection, String reason, boolean onlyWhereItIsAnother)
      throws SQLException {
    boolean alone = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      lock(connection);
      // Another node may have begun it while this one waited.
      if (!onlyWhereItIsAnother || !isCurrent(connection)) {
        insert(connection, reason);
      }
      connection.commit();
    } finally {
      if (alone) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void insert(Connection connection, String reason) throws SQLException {
    long system;
    long timeline;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IDENTITY)) {
      row.next();
      system = row.getLong(1);
      timeline = Long.parseLong(row.getString(2).substring(0, TIMELINE_DIGITS), HEX);
    }
    try (PreparedStatement insert = connection.prepareStatement(NEXT)) {
      insert.setLong(1, system);
      insert.setLong(2, timeline);
      insert.setString(3, reason);
      insert.executeUpdate();
    }
    LOG.info("A new generation of durable epochs begins: {}", reason);
  }
}
