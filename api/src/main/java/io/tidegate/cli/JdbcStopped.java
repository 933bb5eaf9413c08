package io.tidegate.cli;

import io.tidegate.node.JdbcOnlyNode;
import io.tidegate.postgres.EmbeddedPostgresServer;
import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The database of an installation that is stopped, and kept so: no node runs over it, and none
 * begins before this is closed. The embedded one is started for that time.
 */
final class JdbcStopped implements AutoCloseable {
  private final @Nullable EmbeddedPostgresServer server;
  private final Database database;
  private final Connection connection;

  private JdbcStopped(
      @Nullable EmbeddedPostgresServer server, Database database, Connection connection) {
    this.server = server;
    this.database = database;
    this.connection = connection;
  }

  /**
   * @param why what a node that runs would do wrong
   * @throws CommandException when a node runs, or no gateway was ever started over the database
   */
  static JdbcStopped open(Settings settings, String why) throws SQLException {
    Database external = settings.database();
    if (external != null) {
      return open(null, external, why);
    }
    Path folder = settings.data().resolve("postgres");
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          "there is no database in " + folder + ": set TIDEGATE_DATA or TIDEGATE_DATABASE_URL");
    }
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder);
    try {
      return open(server, new Database(server.jdbcUrl(), server.user(), server.password()), why);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static JdbcStopped open(
      @Nullable EmbeddedPostgresServer server, Database database, String why) throws SQLException {
    Connection connection = connect(database);
    try {
      requireTables(connection);
      if (!JdbcOnlyNode.lock(connection) || JdbcOnlyNode.live(connection) > 0) {
        throw new CommandException(
            "a gateway is running over this database, or was 12 s ago; stop it: " + why);
      }
      return new JdbcStopped(server, database, connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  static Connection connect(Database database) throws SQLException {
    java.util.Properties properties = new java.util.Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "tidegate-command");
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  private static void requireTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT to_regclass('installation') IS NOT NULL AND to_regclass('nodes') IS NOT"
                    + " NULL AND to_regclass('log_generations') IS NOT NULL")) {
      row.next();
      if (!row.getBoolean(1)) {
        throw new CommandException("no gateway was ever started over this database");
      }
    }
  }

  Database database() {
    return database;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      // The lock goes with the connection.
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }
}
