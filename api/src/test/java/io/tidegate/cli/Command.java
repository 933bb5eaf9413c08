package io.tidegate.cli;

import io.tidegate.TestContext;
import io.tidegate.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A command over one of the tests' databases. */
record Command(int exit, String output) {
  /** With these settings beside those of the database. */
  static Command run(String database, String command, Map<String, String> more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            new String[] {command},
            environment(database, more),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Command(exit, out.toString(StandardCharsets.UTF_8));
  }

  static Map<String, String> environment(String database, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TIDEGATE_PORT", "0");
    environment.put("TIDEGATE_MANAGEMENT_PORT", "0");
    environment.put("TIDEGATE_DATABASE_URL", TestPostgres.server().url(database));
    environment.put("TIDEGATE_DATABASE_USER", TestPostgres.server().user());
    environment.put("TIDEGATE_DATABASE_PASSWORD", TestPostgres.server().password());
    environment.put("TIDEGATE_OPERATOR_TOKEN", TestContext.OPERATOR_TOKEN);
    environment.put("TIDEGATE_MASTER_KEY", TestContext.MASTER_KEY);
    environment.putAll(more);
    return environment;
  }

  /** Changes the database behind the gateway's back. */
  static void sql(String database, String statement) throws SQLException {
    try (Connection connection = connect(database);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.server().url(database),
        TestPostgres.server().user(),
        TestPostgres.server().password());
  }
}
