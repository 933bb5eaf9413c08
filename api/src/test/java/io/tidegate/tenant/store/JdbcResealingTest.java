package io.tidegate.tenant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestContext;
import io.tidegate.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class JdbcResealingTest {
  /** A column that a rotation forgets would not open afterwards. */
  @Test
  void everyColumnThatHoldsEnvelopesIsKnown() throws SQLException {
    TestContext.start("resealing").close();
    Map<String, String> found = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                TestPostgres.server().url("resealing"),
                TestPostgres.server().user(),
                TestPostgres.server().password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name, column_name FROM information_schema.columns"
                    + " WHERE table_schema = 'public' AND data_type = 'bytea'"
                    + " AND (column_name LIKE '%sealed%' OR column_name LIKE 'master%')")) {
      while (row.next()) {
        found.put(row.getString(1), row.getString(2));
      }
    }
    assertThat(found).isEqualTo(new TreeMap<>(JdbcResealing.columns()));
  }
}
