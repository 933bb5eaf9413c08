package io.tidegate.log;

import io.tidegate.channel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A query in whose transaction one tenant is named. The driver sends both statements before one
 * Sync, so they are one transaction in one round trip, and the name is gone behind it. On a
 * connection with the tenants' role ({@link JdbcLogPools}) nobody else's rows exist; with nobody
 * named, none do.
 *
 * @param sql its parameters begin at {@link #FIRST}
 */
record JdbcTenantQuery(String sql) {
  static final int FIRST = 2;

  private static final String NAME = "SELECT set_config('tidegate.tenant', ?, true); ";

  /** Sets the parameters. */
  interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  /** Makes something of the rows. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  <T> T run(Connection connection, TenantId tenant, Binding binding, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NAME + sql)) {
      query.setString(1, tenant.toString());
      binding.to(query);
      query.execute();
      query.getMoreResults();
      try (ResultSet row = query.getResultSet()) {
        return reading.of(row);
      }
    }
  }
}
