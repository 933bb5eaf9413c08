package io.tidegate.usage;

import io.tidegate.breaker.Breaker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.figures.LatencyCounts;
import io.tidegate.json.StrictJson;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Usage in PostgreSQL. */
public final class JdbcUsage {
  /** Most of what is added now was used in the minute that was current half a minute ago. */
  private static final String MINUTE = "SELECT date_trunc('minute', now() - interval '30 seconds')";

  private static final String ADD =
      """
      INSERT INTO usage AS known (tenant_id, app_id, unit, start, node, flush, publishes, deliveries,
        bytes_in, bytes_out, connections_peak, connection_millis, channels_peak, members_peak,
        webhooks, refusals, latency)
      SELECT a.tenant_id, a.id, unit, date_trunc(unit, ?::timestamptz, 'UTC'), ?, ?, ?, ?,
        ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb)
      FROM apps a CROSS JOIN unnest(ARRAY['minute', 'hour', 'day']) unit WHERE a.id = ?
      ON CONFLICT (tenant_id, unit, start, app_id, node) DO UPDATE SET
        flush = excluded.flush,
        publishes = known.publishes + excluded.publishes,
        deliveries = known.deliveries + excluded.deliveries,
        bytes_in = known.bytes_in + excluded.bytes_in,
        bytes_out = known.bytes_out + excluded.bytes_out,
        connections_peak = greatest(known.connections_peak, excluded.connections_peak),
        connection_millis = known.connection_millis + excluded.connection_millis,
        channels_peak = greatest(known.channels_peak, excluded.channels_peak),
        members_peak = greatest(known.members_peak, excluded.members_peak),
        webhooks = known.webhooks + excluded.webhooks,
        refusals = coalesce((SELECT jsonb_object_agg(code, times) FROM (
          SELECT key AS code, sum(value::bigint) AS times FROM (
            SELECT * FROM jsonb_each_text(known.refusals)
            UNION ALL SELECT * FROM jsonb_each_text(excluded.refusals)) both_of_them
          GROUP BY key) sums), '{}'),
        latency = coalesce((SELECT jsonb_object_agg(class, times) FROM (
          SELECT key AS class, sum(value::bigint) AS times FROM (
            SELECT * FROM jsonb_each_text(known.latency)
            UNION ALL SELECT * FROM jsonb_each_text(excluded.latency)) both_of_them
          GROUP BY key) sums), '{}')
      WHERE known.flush < excluded.flush
      """;

  /**
   * There is one log, whichever node measures it: its rows bear no node's name. Nothing when the
   * minute has been measured.
   */
  private static final String MEASURE =
      """
      INSERT INTO usage AS known (tenant_id, app_id, unit, start, node, flush, publishes, deliveries,
        bytes_in, bytes_out, connections_peak, connection_millis, channels_peak, refusals,
        stored_bytes)
      SELECT held.tenant_id, held.app_id, unit, date_trunc(unit, now(), 'UTC'), '*log', 0, 0, 0,
        0, 0, 0, 0, 0, '{}', held.bytes
      FROM (SELECT tenant_id, app_id, sum(stored_bytes)::bigint AS bytes FROM channels
        WHERE stored_bytes > 0 GROUP BY tenant_id, app_id) held
      CROSS JOIN unnest(ARRAY['minute', 'hour', 'day']) unit
      WHERE NOT EXISTS (SELECT 1 FROM usage WHERE unit = 'minute' AND node = '*log'
        AND start = date_trunc('minute', now(), 'UTC'))
      ON CONFLICT (tenant_id, unit, start, app_id, node) DO UPDATE SET
        stored_bytes = greatest(known.stored_bytes, excluded.stored_bytes)
      """;

  /** Nodes add up; of a longer time's peaks the greatest one counts. */
  private static final String READ =
      """
      SELECT date_trunc(?, start, 'UTC') AS start, app_id, sum(publishes), sum(deliveries),
        sum(bytes_in), sum(bytes_out), max(connections_peak), sum(connection_millis),
        max(channels_peak), max(members_peak), string_agg(refusals, E'\\n'), max(stored_bytes),
        sum(webhooks), string_agg(latency, E'\\n')
      FROM (
        SELECT start, app_id, sum(publishes) AS publishes, sum(deliveries) AS deliveries,
          sum(bytes_in) AS bytes_in, sum(bytes_out) AS bytes_out,
          sum(connections_peak) AS connections_peak, sum(connection_millis) AS connection_millis,
          sum(channels_peak) AS channels_peak, sum(members_peak) AS members_peak,
          string_agg(refusals::text, E'\\n') AS refusals,
          max(stored_bytes) AS stored_bytes, sum(webhooks) AS webhooks,
          string_agg(latency::text, E'\\n') AS latency
        FROM usage
        WHERE tenant_id = ? AND unit = ? AND (?::bigint IS NULL OR app_id = ?)
          AND start >= date_trunc(?, ?::timestamptz, 'UTC') AND start < ?
        GROUP BY start, app_id) nodes
      GROUP BY 1, 2 HAVING (date_trunc(?, min(start), 'UTC'), app_id) > (?, ?)
      ORDER BY 1, 2 LIMIT ?
      """;

  private static final String FORGET =
      "DELETE FROM usage WHERE unit = ? AND start < now() - ?::interval";

  // The roles of docs/decisions/row-isolation.md, for the transaction.
  private static final String AS_SYSTEM = "SELECT set_config('role', tidegate_system_role(), true)";
  private static final String AS_TENANT =
      "SELECT set_config('role', tidegate_tenant_role(), true),"
          + " set_config('tidegate.tenant', ?, true)";

  private final DataSource pool;
  private final Breaker breaker;

  /**
   * @param breaker over that pool
   */
  public JdbcUsage(DataSource pool, Breaker breaker) {
    this.pool = pool;
    this.breaker = breaker;
  }

  /** The minute that what is added now belongs to, by the database's clock. */
  Instant minute() throws SQLException {
    try (Connection connection = JdbcPatience.bound(pool.getConnection(), JdbcPatience.READ);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MINUTE)) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /**
   * Adds what a node counted, all of it or nothing; does nothing when this flush is there already.
   * Apps that are erased are left out.
   *
   * @param flush greater with each call of the node, the same for a repetition
   */
  void add(String node, long flush, Instant minute, Map<AppId, Counts> used) throws SQLException {
    try (Connection connection = begin(AS_SYSTEM, null)) {
      try (PreparedStatement insert = connection.prepareStatement(ADD)) {
        for (Map.Entry<AppId, Counts> one : used.entrySet()) {
          Counts counts = one.getValue();
          insert.setObject(1, minute.atOffset(ZoneOffset.UTC));
          insert.setString(2, node);
          insert.setLong(3, flush);
          insert.setLong(4, counts.publishes());
          insert.setLong(5, counts.deliveries());
          insert.setLong(6, counts.bytesIn());
          insert.setLong(7, counts.bytesOut());
          insert.setLong(8, counts.connectionsPeak());
          insert.setLong(9, counts.connectionMillis());
          insert.setLong(10, counts.channelsPeak());
          insert.setLong(11, counts.membersPeak());
          insert.setLong(12, counts.webhooks());
          insert.setString(13, StrictJson.write(counts.refusals()));
          insert.setString(14, StrictJson.write(counts.latency().byClass()));
          insert.setLong(15, one.getKey().number());
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Writes down what the durable log holds of each app; once a minute, whoever calls. */
  void measure() throws SQLException {
    try (Connection connection = begin(AS_SYSTEM, null);
        Statement insert = connection.createStatement()) {
      insert.executeUpdate(MEASURE);
      connection.commit();
    }
  }

  /** Drops rows that are past their time. */
  void forget() throws SQLException {
    try (Connection connection = begin(AS_SYSTEM, null);
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      for (Unit unit : new Unit[] {Unit.MINUTE, Unit.HOUR, Unit.DAY}) {
        delete.setString(1, unit.wireName());
        delete.setString(2, unit.kept().toSeconds() + " seconds");
        delete.executeUpdate();
      }
      connection.commit();
    }
  }

  /** A transaction in a role; the pool rolls back what is not committed. */
  private Connection begin(String role, @Nullable TenantId tenant) throws SQLException {
    Connection connection = pool.getConnection();
    try (PreparedStatement enter = connection.prepareStatement(role)) {
      JdbcPatience.bound(connection, JdbcPatience.WRITE);
      connection.setAutoCommit(false);
      if (tenant != null) {
        enter.setString(1, tenant.toString());
      }
      enter.execute();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Usage in order of time and app, at most {@code limit} rows, from behind {@code after}.
   *
   * @param after the last row of the page before; null: from the start
   */
  public List<UsageRow> read(UsageQuery query, UsageRow.@Nullable Key after, int limit) {
    breaker.requireClosed();
    String unit = query.unit().wireName();
    try (Connection connection = begin(AS_TENANT, query.tenant());
        PreparedStatement select = connection.prepareStatement(READ)) {
      select.setString(1, unit);
      select.setObject(2, query.tenant().value());
      select.setString(3, query.unit().stored().wireName());
      Long app = query.app() == null ? null : query.app().number();
      select.setObject(4, app, Types.BIGINT);
      select.setObject(5, app, Types.BIGINT);
      select.setString(6, unit);
      select.setObject(7, query.start().atOffset(ZoneOffset.UTC));
      select.setObject(8, query.end().atOffset(ZoneOffset.UTC));
      select.setString(9, unit);
      UsageRow.Key from = after == null ? UsageRow.Key.FIRST : after;
      select.setObject(10, from.start().atOffset(ZoneOffset.UTC));
      select.setLong(11, from.app());
      select.setInt(12, limit);
      try (ResultSet row = select.executeQuery()) {
        List<UsageRow> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(row(row));
        }
        breaker.answered();
        return rows;
      }
    } catch (SQLException e) {
      breaker.failed(e);
      throw RefusedException.because(
          Refusal.STORE_UNAVAILABLE, "usage cannot be read now", 1_000, e);
    }
  }

  private static UsageRow row(ResultSet row) throws SQLException {
    return new UsageRow(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        new AppId(row.getString(2)),
        new Counts(
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8),
            row.getLong(9),
            row.getLong(10),
            row.getLong(13),
            sums(row.getString(11)),
            LatencyCounts.of(sums(row.getString(14)))),
        row.getLong(12));
  }

  /** The sum of objects of counts by number, one on a line. */
  private static Map<Integer, Long> sums(String lines) {
    Map<Integer, Long> sums = new HashMap<>();
    for (String json : lines.split("\n", -1)) {
      StrictJson.parseObject(json)
          .forEach(
              (number, times) ->
                  sums.merge(Integer.valueOf(number), ((Number) times).longValue(), Long::sum));
    }
    return sums;
  }
}
