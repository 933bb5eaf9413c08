package io.tidegate.log;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The transaction that stores a batch, in two round trips: lock the channels in order and look the
 * ids up; then insert, move the heads and COMMIT. The locks are held until COMMIT, so seq order is
 * commit order, and ids that were looked up under them stay unknown to everyone else.
 */
final class JdbcAppend {
  /**
   * Each statement sees what was committed when it began: the ids are looked up by one that begins
   * when the locks are held.
   */
  private static final String LOCK_AND_LOOK_UP =
      "SELECT log_id, epoch_key, generation, epochs[cardinality(epochs)], last_seq,"
          + " last_timestamp, pg_current_xact_id()::text,"
          + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
          + " (SELECT max(generation) FROM log_generations),"
          + " coalesce(left_until > clock_timestamp(), false)"
          + " FROM channels WHERE log_id = ANY (?) ORDER BY log_id FOR NO KEY UPDATE;"
          + " SELECT i.log_id, i.id, m.seq, m.digest"
          + " FROM unnest(?::bigint[], ?::text[]) AS i(log_id, id)"
          + " JOIN message_ids m ON m.log_id = i.log_id AND m.id = i.id"
          + " WHERE m.day >= (now() AT TIME ZONE 'UTC')::date - 1";

  private final DataSource pool;
  private final JdbcGenerations generations;
  private final JdbcChannelIds channelIds;
  private final JdbcPartitions partitions;
  private final JdbcRows rows;

  JdbcAppend(
      DataSource pool,
      JdbcGenerations generations,
      JdbcChannelIds channelIds,
      JdbcPartitions partitions,
      JdbcRows rows) {
    this.pool = pool;
    this.generations = generations;
    this.channelIds = channelIds;
    this.partitions = partitions;
    this.rows = rows;
  }

  /** Tries once. */
  Attempt attempt(List<PendingUnit> units) {
    Connection connection;
    try {
      connection = pool.getConnection();
    } catch (SQLException e) {
      return JdbcFaults.notStored(e);
    }
    try {
      return attempt(connection, units);
    } finally {
      close(connection);
    }
  }

  private Attempt attempt(Connection connection, List<PendingUnit> units) {
    Prepared prepared;
    try {
      generations.check(connection);
      prepared = prepare(connection, units);
      if (prepared.plan().rows().isEmpty()) {
        connection.rollback();
        return new Attempt.Stored(prepared.plan());
      }
      partitions.ensureFor(prepared.plan(), units);
    } catch (RefusedException e) {
      rolledBack(connection);
      return new Attempt.NotStored(e, false);
    } catch (SQLException e) {
      rolledBack(connection);
      return JdbcFaults.notStored(e);
    }
    try {
      rows.writeAndCommit(connection, prepared.plan());
      return new Attempt.Stored(prepared.plan());
    } catch (SQLException e) {
      if (!rolledBack(connection)) {
        return new Attempt.InDoubt(prepared.xid(), prepared.plan(), e);
      }
      if (JdbcFaults.isMissingPartition(e)) {
        partitions.forget();
      }
      return JdbcFaults.notStored(e);
    } catch (RefusedException witnessCannot) {
      rolledBack(connection);
      return new Attempt.NotStored(witnessCannot, false);
    }
  }

  private record Prepared(String xid, BatchPlan plan) {}

  private Prepared prepare(Connection connection, List<PendingUnit> units) throws SQLException {
    long[] logIds = channelIds.resolve(connection, units);
    try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK_UP)) {
      bind(statement, units, logIds);
      statement.execute();
      Map<Long, BatchPlan.Locked> locked = new HashMap<>();
      String xid = "";
      long now = 0;
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          xid = row.getString(7);
          now = row.getLong(8);
          BatchPlan.Locked channel = locked(connection, row);
          locked.put(channel.logId(), channel);
        }
      }
      if (Arrays.stream(logIds).anyMatch(id -> isGone(id, locked))) {
        channelIds.forget(units);
        throw new SQLException("a channel was renewed or forgotten meanwhile", "40001");
      }
      BatchPlan plan = new BatchPlan(locked.values(), now);
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          plan.know(
              row.getLong(1),
              row.getString(2),
              new BatchPlan.Known(row.getLong(3), row.getBytes(4)));
        }
      }
      for (int i = 0; i < logIds.length; i++) {
        if (logIds[i] == JdbcChannelIds.LEFT) {
          plan.refuse(units.get(i), ChannelStore.left());
        } else {
          plan.add(units.get(i), logIds[i]);
        }
      }
      return new Prepared(xid, plan);
    }
  }

  private static boolean isGone(long logId, Map<Long, BatchPlan.Locked> locked) {
    return logId != JdbcChannelIds.LEFT && !locked.containsKey(logId);
  }

  private static void bind(PreparedStatement statement, List<PendingUnit> units, long[] logIds)
      throws SQLException {
    int messages = units.stream().mapToInt(PendingUnit::size).sum();
    long[] idLogs = new long[messages];
    String[] ids = new String[messages];
    int n = 0;
    for (int i = 0; i < logIds.length; i++) {
      for (Draft draft : units.get(i).unit().drafts()) {
        idLogs[n] = logIds[i];
        ids[n++] = draft.id();
      }
    }
    statement.setObject(1, Arrays.stream(logIds).distinct().toArray());
    statement.setObject(2, idLogs);
    statement.setObject(3, ids);
  }

  /** The channel as it is in the newest generation: its epoch ended when another one began. */
  private static BatchPlan.Locked locked(Connection connection, ResultSet row) throws SQLException {
    long logId = row.getLong(1);
    int newest = row.getInt(9);
    String epoch = row.getString(4);
    if (row.getInt(3) != newest) {
      epoch = EpochNames.of(row.getString(2), newest).value();
      JdbcEpochs.begin(connection, logId, epoch, newest);
    }
    return new BatchPlan.Locked(
        logId, new Epoch(epoch), row.getLong(5), row.getLong(6), row.getBoolean(10));
  }

  /** True when the server says that nothing of the transaction is left. */
  private static boolean rolledBack(Connection connection) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException lost) {
      return false;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException lost) {
      // The pool has thrown it away; the answer is known already.
    }
  }
}
