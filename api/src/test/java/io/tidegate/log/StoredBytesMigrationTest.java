package io.tidegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** What a log of an earlier version holds is counted when it is brought up to date. */
class StoredBytesMigrationTest {
  private static final String DATABASE = "stored_bytes_migration";
  private static final String TENANT = "01900000-0000-7000-0000-000000000001";

  @Test
  void whatIsThereIsCountedWhoeverOwnsTheTables() throws SQLException {
    TestPostgres.freshDatabaseOfOwner(DATABASE, "CREATEROLE");
    flyway().target("13").load().migrate();
    run(
        "INSERT INTO tenants (id, name, limits) VALUES ('%s', 'a', '{}')".formatted(TENANT),
        "INSERT INTO apps (id, tenant_id, name, settings) VALUES (1, '%s', 'a', '{}')"
            .formatted(TENANT),
        channel("two"),
        channel("none"),
        "CREATE TABLE messages_20990101 PARTITION OF messages"
            + " FOR VALUES FROM ('2099-01-01') TO ('2099-01-02')",
        message(1, "'12345', NULL, NULL"),
        message(2, "'1', 'name', '{}'"));

    flyway().load().migrate();

    assertThat(stored("two")).isEqualTo(105 + 101 + 4 + 2);
    assertThat(stored("none")).isZero();
  }

  private static String channel(String name) {
    return "INSERT INTO channels (tenant_id, app_id, name, epoch_key, generation, epochs,"
        + " epoch_first_seqs, first_seq, last_seq, expires_on) VALUES ('"
        + TENANT
        + "', 1, '"
        + name
        + "', 'e', 1, ARRAY['e.1'], ARRAY[1], 1, 2, '2099-01-01')";
  }

  private static String message(int seq, String dataNameHeaders) {
    return "INSERT INTO messages (log_id, seq, expires_on, published_at, id, data, name, headers)"
        + " SELECT log_id, "
        + seq
        + ", '2099-01-01', 0, 'm', "
        + dataNameHeaders
        + " FROM channels WHERE name = 'two'";
  }

  private static FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(TestPostgres.server().url(DATABASE), DATABASE, DATABASE)
        .locations("classpath:db/migration");
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.server().url(DATABASE),
        TestPostgres.server().user(),
        TestPostgres.server().password());
  }

  private static void run(String... commands) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private static long stored(String channel) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT stored_bytes FROM channels WHERE name = '" + channel + "'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
