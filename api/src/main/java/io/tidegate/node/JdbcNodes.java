package io.tidegate.node;

import io.micronaut.jdbc.DataSourceResolver;
import io.tidegate.breaker.Breaker;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the installation, as the database knows them. A node also holds a lock as long as
 * its connection lives, alone or with the others of its cluster, so that one which does not belong
 * to them is noticed even when it has just begun.
 */
@Singleton
final class JdbcNodes {
  private final DataSource pool;
  private final Breaker breaker;
  private final boolean alone;
  private @Nullable Connection lock;

  JdbcNodes(
      DataSource dataSource, DataSourceResolver resolver, Breaker controlPlane, Settings settings) {
    this.pool = resolver.resolve(dataSource);
    this.breaker = controlPlane;
    this.alone = settings.redisUrl() == null;
  }

  /**
   * @param live whether it was seen within its lease
   */
  record Node(String id, String version, Instant startedAt, long connections, boolean live) {}

  /** Takes the lock of the only node, or its share of it; false while another has it alone. */
  synchronized boolean lock() throws SQLException {
    if (lock != null && lock.isValid(1)) {
      return true;
    }
    unlock();
    Connection connection = connect();
    boolean locked = false;
    try {
      locked = alone ? JdbcOnlyNode.lock(connection) : JdbcOnlyNode.share(connection);
    } finally {
      if (locked) {
        lock = connection;
      } else {
        connection.close();
      }
    }
    return locked;
  }

  @PreDestroy
  synchronized void unlock() {
    Connection held = lock;
    lock = null;
    if (held == null) {
      return;
    }
    try (held) {
      if (alone) {
        JdbcOnlyNode.unlock(held);
      } else {
        JdbcOnlyNode.unshare(held);
      }
    } catch (SQLException e) {
      // The connection is gone, and the lock with it: that is all that was wanted.
      org.slf4j.LoggerFactory.getLogger(JdbcNodes.class).debug("unlock", e);
    }
  }

  /** Says that the node lives; forgets nodes that have been gone for a day. */
  void seen(String id, String version, long connections) throws SQLException {
    update(
        "insert into nodes (id, version, connections) values (?, ?, ?)"
            + " on conflict (id) do update set seen_at = now(), connections = excluded.connections",
        id,
        version,
        connections);
    update("delete from nodes where seen_at < now() - interval '1 day'");
  }

  void gone(String id) throws SQLException {
    update("delete from nodes where id = ?", id);
  }

  /** In order of id, from behind {@code after}. */
  List<Node> list(String after, int limit) {
    breaker.requireClosed();
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select id, version, started_at, connections, seen_at > now() - "
                    + JdbcOnlyNode.LEASE
                    + " as live from nodes where id > ? order by id limit ?")) {
      statement.setString(1, after);
      statement.setInt(2, limit);
      try (ResultSet row = statement.executeQuery()) {
        List<Node> nodes = new ArrayList<>();
        while (row.next()) {
          nodes.add(
              new Node(
                  row.getString(1),
                  row.getString(2),
                  row.getTimestamp(3).toInstant(),
                  row.getLong(4),
                  row.getBoolean(5)));
        }
        breaker.answered();
        return nodes;
      }
    } catch (SQLException e) {
      breaker.failed(e);
      throw RefusedException.because(
          Refusal.STORE_UNAVAILABLE, "the nodes cannot be read now", 1_000, e);
    }
  }

  private Connection connect() throws SQLException {
    return JdbcPatience.bound(pool.getConnection(), JdbcPatience.READ);
  }

  private void update(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
      breaker.answered();
    } catch (SQLException e) {
      breaker.failed(e);
      throw e;
    }
  }
}
