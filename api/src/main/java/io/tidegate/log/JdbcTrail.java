package io.tidegate.log;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.channel.Trail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trail of the log: a row of {@code commits} per transaction that moved channels, each read
 * once, be it committed late. Where a channel is now stands in its own row.
 */
public final class JdbcTrail implements Trail {
  /** Less than rows are kept ({@link #CLEAN}), by the time that a read and a commit may take. */
  private static final long AWAY_MILLIS = 240_000;

  private static final String CLEAN =
      "DELETE FROM commits WHERE at < now() - interval '5 minutes'; COMMIT";

  /** A channel's epoch ended when a newer generation began. */
  private static final String CHANNEL =
      " c.app_id, c.name, c.last_seq, c.epochs[cardinality(c.epochs)], c.epoch_key, c.generation,"
          + " (SELECT max(generation) FROM log_generations) AS newest";

  /** One statement has one snapshot: what it does not see now, it sees the next time. */
  private static final String NEXT =
      "WITH moved AS (SELECT DISTINCT unnest(k.log_ids) AS log_id FROM commits k"
          + " WHERE k.xid >= pg_snapshot_xmin(?::pg_snapshot)"
          + " AND NOT pg_visible_in_snapshot(k.xid, ?::pg_snapshot))"
          + " SELECT s.snapshot::text, pg_snapshot_xmin(s.snapshot)::text::bigint,"
          + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
          + " (SELECT max(generation) FROM log_generations),"
          + CHANNEL
          + " FROM (SELECT pg_current_snapshot() AS snapshot) s LEFT JOIN moved m ON true"
          + " LEFT JOIN channels c ON c.log_id = m.log_id";

  private static final String POSITIONS =
      "SELECT"
          + CHANNEL
          + " FROM unnest(?::bigint[], ?::text[]) AS i(app_id, name)"
          + " JOIN channels c ON c.app_id = i.app_id AND c.name = i.name";

  /** Nothing is visible in it. */
  private static final String EMPTY_SNAPSHOT = "1:1:";

  private final JdbcSession session;

  /** Null before the first step. */
  private @Nullable Place place;

  JdbcTrail(JdbcSession session) {
    this.session = session;
  }

  /**
   * How far it has been read, and in which database; times are the database's.
   *
   * @param xmin of the snapshot
   */
  private record Place(String snapshot, long xmin, long millis, int generation) {
    boolean leadsTo(Place next) {
      return next.generation == generation
          && next.xmin >= xmin
          && next.millis - millis < AWAY_MILLIS;
    }
  }

  @Override
  public Step next() {
    Place before = place;
    Map<ChannelId, Position> changed = new HashMap<>();
    Place now = session.read(connection -> read(connection, before, changed));
    place = now;
    return before != null && before.leadsTo(now)
        ? new Step(changed, true)
        : new Step(Map.of(), false);
  }

  private static Place read(
      Connection connection, @Nullable Place before, Map<ChannelId, Position> changed)
      throws SQLException {
    changed.clear();
    // To begin with there is nothing to read: a step without a place before it is incomplete.
    String since = before == null ? "" : before.snapshot();
    try (PreparedStatement query = connection.prepareStatement(NEXT)) {
      query.setString(1, since.isEmpty() ? EMPTY_SNAPSHOT : since);
      query.setString(2, since.isEmpty() ? EMPTY_SNAPSHOT : since);
      try (ResultSet row = query.executeQuery()) {
        Place now = null;
        while (row.next()) {
          now = new Place(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4));
          if (row.getString(6) != null) {
            put(row, 5, changed);
          }
        }
        connection.rollback();
        if (now == null) {
          throw new SQLException("a database without a snapshot");
        }
        return now;
      }
    }
  }

  @Override
  public Positions positions(List<ChannelId> channels) {
    return session.read(
        connection -> {
          Map<ChannelId, Position> found = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(POSITIONS)) {
            query.setObject(1, channels.stream().mapToLong(c -> c.app().number()).toArray());
            query.setObject(2, channels.stream().map(c -> c.name().value()).toArray(String[]::new));
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                put(row, 1, found);
              }
            }
          }
          connection.rollback();
          return new Positions(found, Set.of());
        });
  }

  private static void put(ResultSet row, int first, Map<ChannelId, Position> into)
      throws SQLException {
    ChannelId channel =
        new ChannelId(
            new AppId(Long.toString(row.getLong(first))),
            new ChannelName(row.getString(first + 1)));
    int newest = row.getInt(first + 6);
    Epoch epoch =
        row.getInt(first + 5) == newest
            ? new Epoch(row.getString(first + 3))
            : EpochNames.of(row.getString(first + 4), newest);
    into.put(channel, new Position(epoch, row.getLong(first + 2)));
  }

  /** Forgets what every reader has read; called about once a minute. */
  public void clean() {
    session.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(CLEAN);
          }
        });
  }
}
