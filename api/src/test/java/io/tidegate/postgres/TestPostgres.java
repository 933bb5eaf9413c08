package io.tidegate.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The PostgreSQL server that the tests of one JVM share, kept under {@code target/} between runs;
 * each test class takes a database of its own. A second test run beside this one gets its own.
 * {@code TIDEGATE_TEST_POSTGRES} names another server instead, of another version say: {@code
 * postgresql://user:password@host:port}, the user a superuser.
 */
public final class TestPostgres {
  private static final int CONCURRENT_RUNS = 8;
  private static final String GIVEN = System.getenv().getOrDefault("TIDEGATE_TEST_POSTGRES", "");
  private static final TestServer SERVER = GIVEN.isEmpty() ? start() : TestServer.of(GIVEN);

  private TestPostgres() {}

  private static TestServer start() {
    for (int i = 0; ; i++) {
      try {
        EmbeddedPostgresServer server =
            EmbeddedPostgresServer.start(Path.of("target", "test-postgres-" + i));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return TestServer.of(server);
      } catch (DatabaseStartException e) {
        if (i + 1 == CONCURRENT_RUNS || !String.valueOf(e.getMessage()).contains("in use")) {
          throw e;
        }
      }
    }
  }

  public static TestServer server() {
    return SERVER;
  }

  /** The address of a new, empty database; one of that name left by an earlier run goes. */
  public static String freshDatabase(String name) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SERVER.jdbcUrl(), SERVER.user(), SERVER.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
      statement.execute("CREATE DATABASE \"" + name + "\"");
    }
    return SERVER.url(name);
  }

  /**
   * The same, owned by a user with the database's name as name and password; the roles that keep
   * its tenants apart are gone.
   */
  public static String freshDatabaseOfOwner(String name, String attributes) throws SQLException {
    String url = freshDatabase(name);
    try (Connection connection =
            DriverManager.getConnection(SERVER.jdbcUrl(), SERVER.user(), SERVER.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS tidegate_" + name + "_tenant");
      statement.execute("DROP ROLE IF EXISTS tidegate_" + name + "_system");
      statement.execute("DROP ROLE IF EXISTS " + name);
      statement.execute(
          "CREATE ROLE " + name + " LOGIN PASSWORD '" + name + "' NOSUPERUSER " + attributes);
      statement.execute("ALTER DATABASE " + name + " OWNER TO " + name);
    }
    return url;
  }
}
