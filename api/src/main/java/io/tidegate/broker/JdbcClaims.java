package io.tidegate.broker;

import io.tidegate.breaker.Breaker;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/** Claims while Redis is away: rows, which go when their names are void. */
public final class JdbcClaims implements Claims {
  private static final long RETRY_MILLIS = 1_000;

  private static final String CLAIM =
      "WITH void AS (DELETE FROM claims WHERE name IN (SELECT name FROM claims"
          + " WHERE until < now() AND name <> ? LIMIT 100 FOR UPDATE SKIP LOCKED))"
          + " INSERT INTO claims AS c (name, until) VALUES (?, now() + ? * interval '1 ms')"
          + " ON CONFLICT (name) DO UPDATE SET until = excluded.until WHERE c.until < now()";

  private static final String KEEP =
      "INSERT INTO claims (name, until)"
          + " SELECT name, now() + millis * interval '1 ms'"
          + " FROM unnest(?::text[], ?::bigint[]) AS kept(name, millis)"
          + " ON CONFLICT (name) DO UPDATE SET until = greatest(claims.until, excluded.until)";

  private final DataSource pool;
  private final Breaker breaker;

  public JdbcClaims(DataSource pool, Breaker breaker) {
    this.pool = pool;
    this.breaker = breaker;
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE
   */
  @Override
  public boolean claim(String name, Duration ttl) {
    return update(
            CLAIM,
            insertion -> {
              insertion.setString(1, name);
              insertion.setString(2, name);
              insertion.setLong(3, ttl.toMillis());
            })
        == 1;
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE
   */
  @Override
  public void keep(Map<String, Duration> names) {
    // Two nodes that keep the same lock their rows in one order.
    List<String> ordered = names.keySet().stream().sorted().toList();
    update(
        KEEP,
        insertion -> {
          insertion.setObject(1, ordered.toArray(String[]::new));
          insertion.setObject(
              2,
              ordered.stream()
                  .mapToLong(name -> Objects.requireNonNull(names.get(name)).toMillis())
                  .toArray());
        });
  }

  /** Sets what a statement needs. */
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private int update(String sql, Parameters parameters) {
    breaker.requireClosed();
    try (Connection connection = JdbcPatience.bound(pool.getConnection(), JdbcPatience.READ);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      int rows = statement.executeUpdate();
      breaker.answered();
      return rows;
    } catch (SQLException e) {
      breaker.failed(e);
      throw RefusedException.because(
          Refusal.STORE_UNAVAILABLE, "tickets cannot be marked as used now", RETRY_MILLIS, e);
    }
  }
}
