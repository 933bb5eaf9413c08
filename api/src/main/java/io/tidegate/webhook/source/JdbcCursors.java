package io.tidegate.webhook.source;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The cursors in PostgreSQL. Rows are locked in the order of their keys, those that are there
 * before those that are made: two transactions never wait for each other in a circle.
 */
public final class JdbcCursors {
  private static final String COLUMNS =
      " c.app_id, c.channel, c.epoch, c.seq, (extract(epoch FROM c.moved_at) * 1000)::bigint";

  private static final String FIND =
      "SELECT"
          + COLUMNS
          + " FROM unnest(?::bigint[], ?::text[]) AS k(app_id, channel)"
          + " JOIN webhook_cursors c ON c.app_id = k.app_id AND c.channel = k.channel";

  private static final String LOCK = FIND + " ORDER BY c.app_id, c.channel FOR NO KEY UPDATE OF c";

  private static final String MAKE =
      "INSERT INTO webhook_cursors AS c (app_id, channel, tenant_id)"
          + " SELECT app_id, channel, tenant_id"
          + " FROM unnest(?::bigint[], ?::text[], ?::uuid[]) AS k(app_id, channel, tenant_id)"
          + " WHERE EXISTS (SELECT 1 FROM apps a WHERE a.id = k.app_id)"
          + " ORDER BY app_id, channel COLLATE \"C\""
          + " ON CONFLICT (app_id, channel) DO UPDATE SET moved_at = c.moved_at RETURNING"
          + COLUMNS;

  private static final String MOVE =
      "UPDATE webhook_cursors c SET epoch = k.epoch, seq = k.seq, moved_at = clock_timestamp()"
          + " FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[])"
          + " AS k(app_id, channel, epoch, seq)"
          + " WHERE c.app_id = k.app_id AND c.channel = k.channel";

  private static final String SINCE =
      "SELECT (extract(epoch FROM min(updated_at)) * 1000)::bigint FROM webhooks"
          + " WHERE id = ANY (?::uuid[])";

  private static final String APPS =
      "SELECT DISTINCT w.app_id FROM webhooks w"
          + " JOIN apps a ON a.tenant_id = w.tenant_id AND a.id = w.app_id"
          + " JOIN tenants t ON t.id = w.tenant_id"
          + " WHERE w.enabled AND w.deleted_at IS NULL AND a.deleted_at IS NULL"
          + " AND t.deleted_at IS NULL AND w.events @> '[\"message.published\"]'";

  /** No window and no counter outlives that. */
  private static final String FORGET =
      "DELETE FROM webhook_cursors WHERE moved_at < now() - interval '2 days'";

  private final JdbcWork work;

  public JdbcCursors(JdbcWork work) {
    this.work = work;
  }

  /** Runs the task in a transaction over all tenants; it may be run again after a lost race. */
  <T> T write(Supplier<T> task) {
    return work.write(Reach.EVERYTHING, task);
  }

  /**
   * Of these channels, held until the commit; without those whose app is gone. In the transaction
   * around it.
   */
  Map<ChannelId, Cursor> lock(Map<ChannelId, TenantId> channels) {
    Map<ChannelId, Cursor> found = query(LOCK, channels.keySet(), Map.of());
    Set<ChannelId> unknown = new HashSet<>(channels.keySet());
    unknown.removeAll(found.keySet());
    if (!unknown.isEmpty()) {
      found.putAll(query(MAKE, unknown, channels));
    }
    return found;
  }

  /** As they are now; without those that are not there. */
  Map<ChannelId, Cursor> find(Collection<ChannelId> channels) {
    return work.read(Reach.EVERYTHING, () -> query(FIND, channels, Map.of()));
  }

  /** In the transaction that holds them. */
  void move(Map<ChannelId, Position> to) {
    List<Map.Entry<ChannelId, Position>> all = List.copyOf(to.entrySet());
    run(
        MOVE,
        statement -> {
          bind(statement, all.stream().map(Map.Entry::getKey).toList());
          statement.setObject(
              3, all.stream().map(one -> one.getValue().epoch().value()).toArray(String[]::new));
          statement.setObject(4, all.stream().mapToLong(one -> one.getValue().seq()).toArray());
          return statement.executeUpdate();
        });
  }

  /**
   * When the first of these webhooks was made or last changed, in ms since 1970, by PostgreSQL's
   * clock; the end of time when there is none. In the transaction around it.
   */
  long since(List<UUID> webhooks) {
    return run(
        SINCE,
        statement -> {
          statement.setArray(
              1, statement.getConnection().createArrayOf("uuid", webhooks.toArray()));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            long millis = row.getLong(1);
            return row.wasNull() ? Long.MAX_VALUE : millis;
          }
        });
  }

  /** Those in which somebody wants to hear of messages. */
  Set<AppId> apps() {
    return work.read(
        Reach.EVERYTHING,
        () ->
            run(
                APPS,
                statement -> {
                  Set<AppId> apps = new HashSet<>();
                  try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                      apps.add(new AppId(Long.toString(row.getLong(1))));
                    }
                  }
                  return apps;
                }));
  }

  /** Forgets those that stand for nothing any more. */
  public void forget() {
    write(() -> run(FORGET, PreparedStatement::executeUpdate));
  }

  private Map<ChannelId, Cursor> query(
      String sql, Collection<ChannelId> channels, Map<ChannelId, TenantId> tenants) {
    return run(
        sql,
        statement -> {
          List<ChannelId> all = List.copyOf(channels);
          bind(statement, all);
          if (!tenants.isEmpty()) {
            Object[] of =
                all.stream().map(one -> Objects.requireNonNull(tenants.get(one)).value()).toArray();
            statement.setArray(3, statement.getConnection().createArrayOf("uuid", of));
          }
          Map<ChannelId, Cursor> found = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              ChannelId channel =
                  new ChannelId(
                      new AppId(Long.toString(row.getLong(1))), new ChannelName(row.getString(2)));
              found.put(channel, Cursor.of(row.getString(3), row.getLong(4), row.getLong(5)));
            }
          }
          return found;
        });
  }

  private static void bind(PreparedStatement statement, List<ChannelId> channels)
      throws SQLException {
    statement.setObject(1, channels.stream().mapToLong(one -> one.app().number()).toArray());
    statement.setObject(2, channels.stream().map(one -> one.name().value()).toArray(String[]::new));
  }

  /** What is done with a statement. */
  private interface Task<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Task<T> task) {
    Connection connection = work.connection();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return task.with(statement);
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }
}
