package io.tidegate.tenant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database user who may not create roles is told what an administrator has to run. */
class RolesOfTheDatabaseTest {
  private final TestServer server = TestPostgres.server();

  @Test
  void withoutTheRightToCreateRolesTheAdministratorMakesThem() throws SQLException {
    String name = "roles_by_admin";
    Flyway flyway = flyway(TestPostgres.freshDatabaseOfOwner(name, "NOCREATEROLE"), name);

    for (String kind : new String[] {"tenant", "system"}) {
      String role = "tidegate_" + name + "_" + kind;
      assertThatThrownBy(flyway::migrate)
          .hasStackTraceContaining(
              "let an administrator run: CREATE ROLE %1$s NOLOGIN; GRANT %1$s TO %2$s;"
                  .formatted(role, name));
      run("CREATE ROLE " + role + " NOLOGIN");
      assertThatThrownBy(flyway::migrate)
          .hasStackTraceContaining(
              "let an administrator run: GRANT %s TO %s;".formatted(role, name));
      run("GRANT " + role + " TO " + name);
    }

    assertThatCode(flyway::migrate).doesNotThrowAnyException();
  }

  @Test
  void aRoleThatCouldSeeEverythingIsNotUsed() throws SQLException {
    String name = "roles_powerful";
    Flyway flyway = flyway(TestPostgres.freshDatabaseOfOwner(name, "CREATEROLE"), name);
    run("CREATE ROLE tidegate_" + name + "_tenant BYPASSRLS");

    assertThatThrownBy(flyway::migrate)
        .hasStackTraceContaining("must have neither LOGIN nor SUPERUSER nor BYPASSRLS");
  }

  @Test
  void eventsFromBeforeTheChainAreLinkedByTheMigration() throws SQLException {
    String name = "roles_and_old_events";
    String url = TestPostgres.freshDatabaseOfOwner(name, "CREATEROLE");
    Flyway.configure()
        .dataSource(url, name, name)
        .locations("classpath:db/migration")
        .target("3")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, name, name);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 6; i++) {
        statement.execute(
            "INSERT INTO audit_events (id, tenant_id, actor_kind, action, target_kind, target_id)"
                + " VALUES (gen_random_uuid(), '00000000-0000-0000-0000-00000000000%d', 'system',"
                    .formatted(i % 2)
                + " 'app.created', 'app', '1')");
      }
    }

    flyway(url, name).migrate();

    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM audit_events e JOIN audit_events p USING (tenant_id)"
                    + " WHERE e.previous_hash = p.hash"
                    + " AND e.chain_position = p.chain_position + 1 AND e.hash = audit_hash(e)")) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(4);
    }
  }

  private static Flyway flyway(String url, String user) {
    return Flyway.configure()
        .dataSource(url, user, user)
        .locations("classpath:db/migration")
        .load();
  }

  private void run(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
