package io.tidegate.control;

import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes rows behind the gateway's back, so that what takes days has passed. */
final class Rows {
  private Rows() {}

  static void change(String sql) {
    TestServer server = TestPostgres.server();
    String url = server.url(ControlClient.gateway().database());
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
