package io.tidegate.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which log_id a channel has; makes the channel's row when there is none. */
final class JdbcChannelIds {
  /** About 200 bytes each. What falls out is read again. */
  private static final int CACHED = 100_000;

  private static final String FIND =
      "SELECT log_id, tenant_id FROM channels WHERE app_id = ? AND name = ?";

  /** What stands for the log_id of a channel that has left. */
  static final long LEFT = 0;

  /** The generation is read here too: a new channel's first epoch bears the newest. */
  private static final String CREATE =
      JdbcMoves.SHARE
          + "INSERT INTO channels (tenant_id, app_id, name, epoch_key, generation, epochs,"
          + " epoch_first_seqs, first_seq, last_seq, expires_on)"
          + " SELECT ?, c.app_id, c.name, k.key, g.generation, ARRAY[k.key || '.' || g.generation],"
          + " ARRAY[f.first], f.first, f.first - 1, (now() AT TIME ZONE 'UTC')::date + ?"
          + " FROM (SELECT max(generation) AS generation FROM log_generations) g,"
          + " (VALUES (?)) k(key), (VALUES (?::bigint)) f(first),"
          + " (VALUES (?::bigint, ?::text)) c(app_id, name)"
          + " WHERE NOT EXISTS (SELECT FROM channels_left l WHERE l.app_id = c.app_id"
          + " AND l.name = c.name AND l.until > clock_timestamp())"
          + " ON CONFLICT (app_id, name) DO NOTHING RETURNING epochs[1]";

  private final Cache<ChannelId, Long> known = Caffeine.newBuilder().maximumSize(CACHED).build();

  /** What a new channel needs to be told. */
  record NewChannel(TenantId tenant, ChannelId channel, long firstSeq, int daysKept) {
    static NewChannel of(TenantId tenant, ChannelId channel, Retention keep) {
      return new NewChannel(tenant, channel, 1, daysKept(keep));
    }

    static int daysKept(Retention keep) {
      return ExpiryDay.of(0, (int) Math.ceilDiv(keep.seconds(), 86_400L));
    }
  }

  /**
   * One per unit; {@link #LEFT} where the channel is not here because it has left. Channels that
   * are missing are made and committed, in sorted order so that nodes that make the same ones do
   * not wait for each other in a circle.
   */
  long[] resolve(Connection connection, List<PendingUnit> units) throws SQLException {
    List<PendingUnit> missing = new ArrayList<>();
    for (PendingUnit unit : units) {
      ChannelId channel = unit.unit().channel();
      if (known.getIfPresent(channel) == null && !find(connection, unit.unit())) {
        missing.add(unit);
      }
    }
    if (!missing.isEmpty()) {
      missing.sort((a, b) -> a.unit().channel().compareTo(b.unit().channel()));
      for (PendingUnit unit : missing) {
        PublishUnit of = unit.unit();
        create(
            connection,
            new NewChannel(of.tenant(), of.channel(), 1, ExpiryDay.of(0, unit.retentionDays())));
      }
      connection.commit();
    }
    long[] ids = new long[units.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = require(connection, units.get(i).unit());
    }
    return ids;
  }

  private long require(Connection connection, PublishUnit unit) throws SQLException {
    Long id = known.getIfPresent(unit.channel());
    if (id == null && find(connection, unit)) {
      id = known.getIfPresent(unit.channel());
    }
    if (id == null && JdbcMoves.isLeft(connection, unit.channel())) {
      return LEFT;
    }
    if (id == null) {
      throw new SQLException("a channel went while it was made", "40001");
    }
    return id;
  }

  private boolean find(Connection connection, PublishUnit unit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setLong(1, unit.channel().app().number());
      query.setString(2, unit.channel().name().value());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        if (!unit.tenant().value().equals(row.getObject(2, UUID.class))) {
          throw new SQLException("the app is another tenant's", JdbcFaults.FOREIGN_KEY);
        }
        known.put(unit.channel(), row.getLong(1));
        return true;
      }
    }
  }

  /** The name of its epoch, null when the channel exists or has left. The caller commits. */
  static @Nullable String create(Connection connection, NewChannel channel) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(CREATE)) {
      JdbcMoves.bind(insert, channel.channel(), 1);
      insert.setObject(3, channel.tenant().value());
      insert.setInt(4, channel.daysKept());
      insert.setString(5, EpochNames.randomKey());
      insert.setLong(6, channel.firstSeq());
      JdbcMoves.bind(insert, channel.channel(), 7);
      insert.execute();
      insert.getMoreResults();
      try (ResultSet row = insert.getResultSet()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /** The channels were renewed or forgotten meanwhile. */
  void forget(List<PendingUnit> units) {
    units.forEach(unit -> known.invalidate(unit.unit().channel()));
  }
}
