package io.tidegate.broker;

import io.tidegate.breaker.Breaker;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Claims while Redis is away: rows, which go when their names are void. */
public final class JdbcClaims implements Claims {
  private static final long RETRY_MILLIS = 1_000;

  private static final String CLAIM =
      "WITH void AS (DELETE FROM claims WHERE name IN (SELECT name FROM claims"
          + " WHERE until < now() AND name <> ? LIMIT 100 FOR UPDATE SKIP LOCKED))"
          + " INSERT INTO claims AS c (name, until) VALUES (?, now() + ? * interval '1 ms')"
          + " ON CONFLICT (name) DO UPDATE SET until = excluded.until WHERE c.until < now()";

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
    breaker.requireClosed();
    try (Connection connection = JdbcPatience.bound(pool.getConnection(), JdbcPatience.READ);
        PreparedStatement insertion = connection.prepareStatement(CLAIM)) {
      insertion.setString(1, name);
      insertion.setString(2, name);
      insertion.setLong(3, ttl.toMillis());
      boolean claimed = insertion.executeUpdate() == 1;
      breaker.answered();
      return claimed;
    } catch (SQLException e) {
      breaker.failed(e);
      throw RefusedException.because(
          Refusal.STORE_UNAVAILABLE, "tickets cannot be marked as used now", RETRY_MILLIS, e);
    }
  }
}
