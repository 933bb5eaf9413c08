package io.tidegate.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background work of the log: makes tomorrow's partitions, drops those of which nothing is kept
 * any more, erases what renewed and forgotten channels left and the rows of channels that ended.
 * Reads never depend on it. One node at a time does it; the others do nothing.
 */
public final class JdbcRetention {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcRetention.class);

  /** Of pg_try_advisory_lock. The number is the letters "tdgr". */
  private static final long LOCK = 0x74646772L;

  /** Ids of a day are kept until the next day is over: 24 h at least. */
  private static final int ID_DAYS = 2;

  /** Looking through a large partition may take its time; it holds no lock on a channel. */
  private static final String PATIENCE = "SET statement_timeout = '15min'; SET lock_timeout = '5s'";

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

  private static final String PARTITIONS =
      "SELECT c.relname, i.inhrelid IS NOT NULL, coalesce(i.inhdetachpending, false)"
          + " FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid"
          + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
          + " AND c.relname ~ ? AND right(c.relname, 8) <= ? ORDER BY c.relname";

  private final DataSource pool;
  private final JdbcPartitions partitions;
  private final JdbcErasures erasures = new JdbcErasures();

  JdbcRetention(DataSource pool, JdbcPartitions partitions) {
    this.pool = pool;
    this.partitions = partitions;
  }

  /** One round. Does no harm at any time; what fails is done by the next one. */
  public void sweep() {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(true);
      // The server's own time-outs bound this; the pool sets its own again afterwards.
      connection.setNetworkTimeout(Runnable::run, 0);
      sweep(connection, today(connection));
    } catch (SQLException e) {
      LOG.warn("Retention waits for the database: {}", e.getMessage());
    }
  }

  void sweep(Connection connection, LocalDate today) throws SQLException {
    if (!ask(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
      return;
    }
    try {
      run(connection, PATIENCE);
      partitions.ensureAhead((int) today.toEpochDay());
      for (Partition partition : expired(connection, JdbcPartitions.Table.MESSAGES, today)) {
        erasures.takeOut(connection, partition.name());
        drop(connection, partition, JdbcPartitions.Table.MESSAGES);
      }
      LocalDate lastIds = today.minusDays(ID_DAYS);
      for (Partition partition : expired(connection, JdbcPartitions.Table.MESSAGE_IDS, lastIds)) {
        drop(connection, partition, JdbcPartitions.Table.MESSAGE_IDS);
      }
      erasures.eraseLogs(connection);
      erasures.eraseEndedChannels(connection, today);
      erasures.forgetMoves(connection);
    } finally {
      run(connection, "RESET statement_timeout; RESET lock_timeout");
      ask(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
    }
  }

  private record Partition(String name, boolean attached, boolean detaching) {}

  /** Those of {@code last} and earlier, with what an interrupted round left half done. */
  private static List<Partition> expired(
      Connection connection, JdbcPartitions.Table table, LocalDate last) throws SQLException {
    List<Partition> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(PARTITIONS)) {
      query.setString(1, "^" + table.table() + "_[0-9]{8}$");
      query.setString(2, SUFFIX.format(last));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(new Partition(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
        }
      }
    }
    return found;
  }

  /**
   * Detached first, which locks nobody out: publishes and reads of other partitions go on. It is
   * the owner who does it.
   */
  private static void drop(Connection connection, Partition partition, JdbcPartitions.Table table)
      throws SQLException {
    run(connection, "SET ROLE NONE");
    try {
      if (partition.attached()) {
        String how = partition.detaching() ? " FINALIZE" : " CONCURRENTLY";
        run(
            connection,
            "ALTER TABLE " + table.table() + " DETACH PARTITION " + partition.name() + how);
      }
      // One transaction: a partition of the same name begins anew.
      run(
          connection,
          "DROP TABLE "
              + partition.name()
              + "; DELETE FROM log_sweeps WHERE partition = '"
              + partition.name()
              + "'");
    } finally {
      run(connection, JdbcLogPools.SYSTEM_ROLE);
    }
    LOG.info("Dropped {}: nothing in it is kept any more", partition.name());
  }

  private static LocalDate today(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT (now() AT TIME ZONE 'UTC')::date")) {
      row.next();
      return row.getObject(1, LocalDate.class);
    }
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void run(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
