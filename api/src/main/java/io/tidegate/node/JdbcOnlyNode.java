package io.tidegate.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The lock that a node without others holds alone, and the nodes of a cluster share; commands take
 * it alone, so that no node begins.
 */
public final class JdbcOnlyNode {
  /** The advisory lock of the only node: any number, the same in every version. */
  private static final long LOCK = 7_306_086_967_004_115_527L;

  /** A node that was not seen for so long is gone. */
  static final String LEASE = "interval '12 seconds'";

  private JdbcOnlyNode() {}

  /** Takes it for as long as the connection lives; false while another process has it. */
  public static boolean lock(Connection connection) throws SQLException {
    return ask(connection, "select pg_try_advisory_lock(?)");
  }

  /** The same together with others that share it. */
  static boolean share(Connection connection) throws SQLException {
    return ask(connection, "select pg_try_advisory_lock_shared(?)");
  }

  static void unlock(Connection connection) throws SQLException {
    ask(connection, "select pg_advisory_unlock(?)");
  }

  static void unshare(Connection connection) throws SQLException {
    ask(connection, "select pg_advisory_unlock_shared(?)");
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setLong(1, LOCK);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
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
