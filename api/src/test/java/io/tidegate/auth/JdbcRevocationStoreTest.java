package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.tidegate.TestContext;
import io.tidegate.channel.AppId;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcRevocationStoreTest extends RevocationStoreContract {
  private static final String DATABASE = "revocations";
  private static final Instant NOW = Instant.parse("2026-05-04T09:30:00Z");

  @SuppressWarnings("NullAway.Init")
  private ApplicationContext context;

  private long lastApp = 100;

  @BeforeAll
  void start() throws SQLException {
    context = TestContext.start(DATABASE);
    execute(
        DATABASE,
        "INSERT INTO tenants (id, name, limits) VALUES ('"
            + AuthFixture.TENANT
            + "', 'Acme', '{}'), ('"
            + AuthFixture.OTHER_TENANT
            + "', 'Other', '{}')");
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @Override
  RevocationStore store() {
    return context.getBean(JdbcRevocationStore.class);
  }

  @Override
  AppId newApp() {
    AppId app = new AppId(Long.toString(++lastApp));
    try {
      execute(
          DATABASE,
          "INSERT INTO apps (id, tenant_id, name, settings) VALUES ("
              + app
              + ", '"
              + AuthFixture.TENANT
              + "', 'test', '{}')");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return app;
  }

  @Test
  void everyRevocationIsOnTheRecord() throws SQLException {
    AppId app = newApp();
    store()
        .add(
            BY,
            AuthFixture.TENANT,
            app,
            List.of(
                Revocation.ofToken("secret-free-id", NOW),
                Revocation.issuedBefore(Revocation.Kind.CLIENT, "ada", 5, NOW)));

    assertThat(
            rows(
                "SELECT action || ' ' || target_kind || ' ' || target_id || ' ' || actor_kind"
                    + " || ' ' || actor_id || ' ' || request_id || ' ' || after"
                    + " FROM audit_events WHERE after->>'appId' = '"
                    + app
                    + "' ORDER BY ordinal"))
        .containsExactly(
            "token.revoked client ada key 482913.k1 req-1 {\"appId\": \""
                + app
                + "\", \"issuedBefore\": 5}",
            "token.revoked token secret-free-id key 482913.k1 req-1 {\"appId\": \"" + app + "\"}");
  }

  @Test
  void allAreKeptOrNone() {
    AppId app = newApp();
    List<Revocation> oneTooLong =
        List.of(
            Revocation.ofToken("fine", NOW),
            Revocation.issuedBefore(Revocation.Kind.CLIENT, "x".repeat(256), 5, NOW));

    assertThatThrownBy(() -> store().add(BY, AuthFixture.TENANT, app, oneTooLong))
        .isInstanceOf(RuntimeException.class);
    assertThat(store().load(app, NOW)).isEmpty();
  }

  @Test
  void revocationCannotHangOnAnotherTenantsApp() {
    AppId app = newApp();

    assertThatThrownBy(
            () ->
                store()
                    .add(BY, AuthFixture.OTHER_TENANT, app, List.of(Revocation.ofToken("t1", NOW))))
        .isInstanceOf(RuntimeException.class);
    assertThat(store().load(app, NOW)).isEmpty();
  }

  @Test
  void deletedAppTakesItsRevocationsWithIt() throws SQLException {
    AppId app = newApp();
    store().add(BY, AuthFixture.TENANT, app, List.of(Revocation.ofToken("t1", NOW)));

    execute(DATABASE, "DELETE FROM apps WHERE id = " + app);

    assertThat(store().load(app, NOW)).isEmpty();
  }

  @Test
  void storeThatIsAwayIsSaidToBe() throws SQLException {
    AppId app = newApp();
    try {
      away(true);
      assertRefused(Refusal.STORE_UNAVAILABLE, () -> store().load(app, NOW));
      assertRefused(
          Refusal.STORE_UNAVAILABLE,
          () -> store().add(BY, AuthFixture.TENANT, app, List.of(Revocation.ofToken("t", NOW))));
    } finally {
      away(false);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(RefusedException.class)
        .untilAsserted(() -> assertThat(store().load(app, NOW)).isEmpty());
  }

  private static void away(boolean away) throws SQLException {
    execute("postgres", "ALTER DATABASE " + DATABASE + " ALLOW_CONNECTIONS " + !away);
    if (away) {
      execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + DATABASE
              + "'");
    }
  }

  private static void execute(String database, String statement) throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static List<String> rows(String query) throws SQLException {
    try (Connection connection = connect(DATABASE);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private static Connection connect(String database) throws SQLException {
    TestServer server = TestPostgres.server();
    return DriverManager.getConnection(server.url(database), server.user(), server.password());
  }
}
