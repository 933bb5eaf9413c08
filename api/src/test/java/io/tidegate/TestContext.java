package io.tidegate;

import io.micronaut.context.ApplicationContext;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A gateway's beans without its server, over a database of the test's own. */
public final class TestContext {
  public static final String OPERATOR_TOKEN = "tgo_test-0123456789-abcdefghijklmnopqrstuvwxyz";
  public static final String MASTER_KEY =
      "1f8a2b4c5d0197f3c26b1e7c3a9d523f1f8a2b4c5d0197f3c26b1e7c3a9d5240";

  private TestContext() {}

  /** Over a new database with this name. */
  public static ApplicationContext start(String database) {
    freshDatabase(database);
    Settings settings = settings(database, Map.of());
    Database external = Objects.requireNonNull(settings.database());
    return Gateway.context(settings, Ports.free(settings), external);
  }

  /**
   * Over a new database as an operator gives it to the gateway: owned by a user of the same name
   * who may create roles and is no superuser, which row-level security would let through.
   */
  public static ApplicationContext startAsOwner(String database) {
    try {
      TestPostgres.freshDatabaseOfOwner(database, "CREATEROLE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Settings settings =
        settings(
            database,
            Map.of("TIDEGATE_DATABASE_USER", database, "TIDEGATE_DATABASE_PASSWORD", database));
    return Gateway.context(
        settings, Ports.free(settings), Objects.requireNonNull(settings.database()));
  }

  static Settings settings(String database, Map<String, String> environment) {
    TestServer server = TestPostgres.server();
    Map<String, String> variables = new HashMap<>();
    variables.put("TIDEGATE_PORT", Integer.toString(TestPorts.free()));
    variables.put("TIDEGATE_MANAGEMENT_PORT", Integer.toString(TestPorts.free()));
    variables.put("TIDEGATE_DATA", Path.of("target", "test-data", database).toString());
    variables.put("TIDEGATE_DATABASE_URL", server.url(database));
    variables.put("TIDEGATE_DATABASE_USER", server.user());
    variables.put("TIDEGATE_DATABASE_PASSWORD", server.password());
    variables.put("TIDEGATE_OPERATOR_TOKEN", OPERATOR_TOKEN);
    variables.put("TIDEGATE_MASTER_KEY", MASTER_KEY);
    // All tests share one address, and many of them guess.
    variables.put("TIDEGATE_FAILED_AUTH_PER_MINUTE", "0");
    // So do their clients, who come as fast as they can.
    variables.put("TIDEGATE_ACCEPTED_PER_SECOND", "0");
    variables.putAll(environment);
    return Settings.read(variables);
  }

  static void freshDatabase(String database) {
    try {
      TestPostgres.freshDatabase(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
