package io.tidegate.tenant.store;

import io.micronaut.context.ApplicationContext;
import io.tidegate.TestContext;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway's store, and what a test needs to have in it. */
final class StoreFixture implements AutoCloseable {
  final String database;
  final ApplicationContext context;
  final JdbcTenants tenants;
  final JdbcApps apps;
  final JdbcKeys keys;
  final JdbcNamespaces namespaces;
  final JdbcDirectory directory;

  StoreFixture(String database) {
    this(database, TestContext.start(database));
  }

  StoreFixture(String database, ApplicationContext context) {
    this.database = database;
    this.context = context;
    tenants = bean(JdbcTenants.class);
    apps = bean(JdbcApps.class);
    keys = bean(JdbcKeys.class);
    namespaces = bean(JdbcNamespaces.class);
    directory = bean(JdbcDirectory.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Tenant tenant() {
    return tenants.create(Caller.SYSTEM, "Acme", Limits.INITIAL);
  }

  AppEntry app() {
    return apps.create(Caller.SYSTEM, tenant().tenantId(), "production", List.of("*"));
  }

  JdbcKeys.Created key(AppId app) {
    return keys.create(Caller.SYSTEM, app, "backend", can("*", Operation.PUBLISH), null);
  }

  JdbcNamespaces.Put put(AppId app, String name, String pattern, Durability durability) {
    return namespaces.put(Caller.SYSTEM, app, IfMatch.ANY, namespace(name, pattern, durability));
  }

  static Capabilities can(String pattern, Operation operation) {
    return new Capabilities(Map.of(new ChannelPattern(pattern), Set.of(operation)));
  }

  static Namespace namespace(String name, String pattern, Durability durability) {
    Namespace rules = Namespace.DEFAULT;
    return new Namespace(
        name,
        new ChannelPattern(pattern),
        durability,
        rules.window(),
        rules.retentionDays(),
        rules.rewind(),
        rules.maxMessageBytes(),
        rules.open(),
        rules.clientPublish(),
        rules.presence(),
        rules.conflate(),
        rules.requireClientId());
  }

  /** A statement of the test's own, past the program. */
  void execute(String statement) throws SQLException {
    execute(database, statement);
  }

  /** Ends every connection to the database and lets nobody in again, or lets them. */
  void databaseAway(boolean away) throws SQLException {
    execute("postgres", "ALTER DATABASE \"" + database + "\" ALLOW_CONNECTIONS " + !away);
    execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'");
  }

  private static void execute(String database, String statement) throws SQLException {
    TestServer server = TestPostgres.server();
    try (Connection connection =
            DriverManager.getConnection(server.url(database), server.user(), server.password());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
