package io.tidegate.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The lock that a node without a cluster holds; commands take it, so that no node begins. */
public final class JdbcOnlyNode {
  /** The advisory lock of the only node: any number, the same in every version. */
  private static final long LOCK = 7_306_086_967_004_115_527L;

  /** A node that was not seen for so long is gone. */
  static final String LEASE = "interval '12 seconds'";

  private JdbcOnlyNode() {}

  /** Takes it for as long as the connection lives; false while another process has it. */
  public static boolean lock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  static void unlock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, LOCK);
      statement.execute();
    }
  }

  /** How many nodes were seen within their lease. */
  public static int live(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from nodes where seen_at > now() - " + LEASE)) {
      row.next();
      return row.getInt(1);
    }
  }
}
