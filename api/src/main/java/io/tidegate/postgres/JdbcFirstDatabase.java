package io.tidegate.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates the gateway's database in a new cluster. */
final class JdbcFirstDatabase {
  private JdbcFirstDatabase() {}

  static void ensure(String url, String user, String password, String database)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      if (!exists(connection, database)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE \"" + database + "\"");
        }
      }
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
