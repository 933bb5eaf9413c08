package io.tidegate.webhook.store;

import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The leases under which nodes hold what stands, by the database's clock. */
@Singleton
final class JdbcStandingLeases {
  private static final String BEGIN =
      "INSERT INTO standing_leases (holder, expires_at)"
          + " VALUES (?, clock_timestamp() + ? * interval '1 millisecond')";

  private static final String RENEW =
      """
      UPDATE standing_leases SET expires_at = clock_timestamp() + ? * interval '1 millisecond'
      WHERE holder = ? AND expires_at > clock_timestamp()
      """;

  private static final String END =
      """
      UPDATE standing_leases SET expires_at = clock_timestamp()
      WHERE holder = ? AND expires_at > clock_timestamp()
      """;

  /** As long as a transaction has this, nobody takes out what it writes; it may be renewed. */
  private static final String HOLD =
      """
      SELECT 1 FROM standing_leases WHERE holder = ? AND expires_at > clock_timestamp()
      FOR KEY SHARE
      """;

  private static final String TAKE =
      """
      SELECT 1 FROM standing_leases WHERE holder = ? AND expires_at <= clock_timestamp()
      FOR UPDATE SKIP LOCKED
      """;

  private static final String FORGET =
      """
      DELETE FROM standing_leases l WHERE l.holder = ?
        AND NOT EXISTS (SELECT 1 FROM standings s WHERE s.holders @> ARRAY[l.holder])
      """;

  private static final String ENDED =
      "SELECT holder FROM standing_leases WHERE expires_at <= clock_timestamp() ORDER BY holder";

  private final JdbcWork work;

  JdbcStandingLeases(JdbcWork work) {
    this.work = work;
  }

  void begin(String holder, Duration length) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          try (PreparedStatement begin = work.connection().prepareStatement(BEGIN)) {
            begin.setString(1, holder);
            begin.setLong(2, length.toMillis());
            return begin.executeUpdate();
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  boolean renew(String holder, Duration length) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          try (PreparedStatement renew = work.connection().prepareStatement(RENEW)) {
            renew.setLong(1, length.toMillis());
            renew.setString(2, holder);
            return renew.executeUpdate() == 1;
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  void end(String holder) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          try (PreparedStatement end = work.connection().prepareStatement(END)) {
            end.setString(1, holder);
            return end.executeUpdate();
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  /** Those that have ended and have something left. */
  List<String> ended() {
    return work.read(
        Reach.EVERYTHING,
        () -> {
          try (PreparedStatement query = work.connection().prepareStatement(ENDED);
              ResultSet row = query.executeQuery()) {
            List<String> holders = new ArrayList<>();
            while (row.next()) {
              holders.add(row.getString(1));
            }
            return holders;
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  /** Keeps it for the transaction; false when it has ended. */
  boolean hold(Connection connection, String holder) throws SQLException {
    return finds(connection, HOLD, holder);
  }

  /** Has one that has ended for the transaction alone; false when it has not, or another has it. */
  boolean take(Connection connection, String holder) throws SQLException {
    return finds(connection, TAKE, holder);
  }

  /** When nothing is held under it any more. */
  void forget(Connection connection, String holder) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setString(1, holder);
      forget.executeUpdate();
    }
  }

  private static boolean finds(Connection connection, String query, String holder)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, holder);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
