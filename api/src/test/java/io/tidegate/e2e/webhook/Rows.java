package io.tidegate.e2e.webhook;

import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a gateway has in its database, past the gateway. */
final class Rows {
  private Rows() {}

  static void change(String database, String statement) throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** The first column. */
  static List<String> texts(String database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(String.valueOf(row.getString(1)));
      }
      return texts;
    }
  }

  private static Connection connect(String database) throws SQLException {
    TestServer server = TestPostgres.server();
    return DriverManager.getConnection(server.url(database), server.user(), server.password());
  }
}
