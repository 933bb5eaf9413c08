package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Channels that a change of rules takes away or brings. One that has left is remembered in its row,
 * where the next batch finds it under the row's lock, and beside it, where it is found when the row
 * is gone: {@link #LOCK} keeps a channel from being begun while it is written down.
 */
final class JdbcMoves {
  /** What the locks of all channels have in common; any number, the same in every version. */
  private static final String LOCKED = "(hashtextextended(? || '/' || ?, 7234582120447271013)); ";

  private static final String LOCK = "SELECT pg_advisory_xact_lock" + LOCKED;

  /** For a statement that begins a channel; its parameters are app and name. */
  static final String SHARE = "SELECT pg_advisory_xact_lock_shared" + LOCKED;

  private static final int OF_LOCK = 2;

  private static final String FENCE =
      "clock_timestamp() + interval '" + ChannelStore.FENCE.toSeconds() + " seconds'";

  private static final String LEAVE =
      LOCK
          + "WITH mark AS (INSERT INTO channels_left (app_id, name, until) VALUES (?, ?, "
          + FENCE
          + ") ON CONFLICT (app_id, name) DO UPDATE SET until = excluded.until)"
          + " UPDATE channels SET left_until = "
          + FENCE
          + " WHERE app_id = ? AND name = ? RETURNING last_seq";

  private static final String SHUN =
      LOCK
          + "INSERT INTO channels_left (app_id, name, until) SELECT i.app_id, i.name, "
          + FENCE
          + " FROM (VALUES (?::bigint, ?::text)) i(app_id, name)"
          + " WHERE NOT EXISTS (SELECT FROM channels c WHERE c.app_id = i.app_id AND c.name = i.name)"
          + " ON CONFLICT (app_id, name) DO UPDATE SET until = excluded.until";

  private static final String IS_HERE_BY =
      LOCK + "SELECT FROM channels WHERE app_id = ? AND name = ? AND brought_by = ? FOR UPDATE";

  private static final String COME = "DELETE FROM channels_left WHERE app_id = ? AND name = ?";

  private static final String BROUGHT =
      "UPDATE channels SET brought_by = ?, left_until = NULL WHERE app_id = ? AND name = ?";

  private static final String IS_LEFT =
      "SELECT FROM channels_left WHERE app_id = ? AND name = ? AND until > clock_timestamp()";

  private final JdbcSession session;
  private final JdbcHeads heads;
  private final JdbcGenerations generations;
  private final JdbcRenewal renewal;

  JdbcMoves(
      JdbcSession session, JdbcHeads heads, JdbcGenerations generations, JdbcRenewal renewal) {
    this.session = session;
    this.heads = heads;
    this.generations = generations;
    this.renewal = renewal;
  }

  long leave(ChannelId channel) {
    return session.write(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            bind(statement, channel, 1);
            bind(statement, channel, OF_LOCK + 1);
            bind(statement, channel, 2 * OF_LOCK + 1);
            statement.execute();
            statement.getMoreResults();
            long last;
            try (ResultSet row = statement.getResultSet()) {
              last = row.next() ? row.getLong(1) : 0;
            }
            connection.commit();
            return last;
          }
        });
  }

  boolean shun(ChannelId channel) {
    return session.write(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(SHUN)) {
            bind(statement, channel, 1);
            bind(statement, channel, OF_LOCK + 1);
            statement.execute();
            statement.getMoreResults();
            boolean unknown = statement.getUpdateCount() == 1;
            connection.commit();
            return unknown;
          }
        });
  }

  EpochStart arrive(TenantId tenant, ChannelId channel, long change, long floorSeq) {
    return session.write(
        connection -> {
          generations.check(connection);
          if (isHereBy(connection, channel, change)) {
            connection.commit();
            return current(connection, tenant, channel);
          }
          try (PreparedStatement delete = connection.prepareStatement(COME)) {
            bind(delete, channel, 1);
            delete.executeUpdate();
          }
          EpochStart start = renewal.renew(connection, tenant, channel, floorSeq);
          try (PreparedStatement update = connection.prepareStatement(BROUGHT)) {
            update.setLong(1, change);
            bind(update, channel, 2);
            update.executeUpdate();
          }
          connection.commit();
          return start;
        });
  }

  private static boolean isHereBy(Connection connection, ChannelId channel, long change)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(IS_HERE_BY)) {
      bind(query, channel, 1);
      bind(query, channel, OF_LOCK + 1);
      query.setLong(2 * OF_LOCK + 1, change);
      query.execute();
      query.getMoreResults();
      try (ResultSet row = query.getResultSet()) {
        return row.next();
      }
    }
  }

  private EpochStart current(Connection connection, TenantId tenant, ChannelId channel)
      throws SQLException {
    return heads
        .head(connection, tenant, channel, Retention.NOTHING)
        .map(Head::epochs)
        .orElseThrow(() -> new SQLException("the channel went at once", "40001"))
        .getLast();
  }

  /** Whether a channel that is not here has left. */
  static boolean isLeft(Connection connection, ChannelId channel) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(IS_LEFT)) {
      bind(query, channel, 1);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  static void bind(PreparedStatement statement, ChannelId channel, int first) throws SQLException {
    statement.setLong(first, channel.app().number());
    statement.setString(first + 1, channel.name().value());
  }
}
