package io.tidegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The log's connections have their role for life, whatever became of a transaction before. */
class LogRolesTest {
  @Test
  void readsHaveTheTenantsRoleAndWritesTheSystems() throws SQLException {
    LogDatabase database = LogDatabase.fresh("log_roles");
    try (JdbcLogPools pools = database.pools()) {
      assertRole(pools.reads(), "tidegate_log_roles_tenant");
      assertRole(pools.lanes(), "tidegate_log_roles_system");
      assertRole(pools.changes(), "tidegate_log_roles_system");
    }
  }

  private static void assertRole(DataSource pool, String role) throws SQLException {
    for (int turn = 0; turn < 3; turn++) {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        assertThat(currentUser(connection)).isEqualTo(role);
        connection.rollback();
        assertThat(currentUser(connection)).isEqualTo(role);
      }
    }
  }

  private static String currentUser(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_user")) {
      row.next();
      return row.getString(1);
    }
  }
}
