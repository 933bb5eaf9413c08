package io.tidegate.refusal;

import io.tidegate.breaker.Breaker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Refusals in PostgreSQL. */
public final class JdbcRefusals implements RefusalStore {
  private static final String ADD =
      """
      INSERT INTO refusals (tenant_id, app_id, id, at, code, step, rule, detail, operation, channel,
        key_name, client_id, request_id, connection_id, protocol, address, proven)
      SELECT a.tenant_id, a.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM apps a WHERE a.id = ?
      ON CONFLICT (app_id, id) DO NOTHING
      """;

  private static final String LEFT_OUT =
      "UPDATE refusals SET left_out = greatest(left_out, ?) WHERE app_id = ? AND id = ?";

  /** Ids are in the order of time; the condition on it is for a round of dropping that is late. */
  private static final String READ =
      """
      SELECT id, at, code, step, rule, detail, operation, channel, key_name, client_id, request_id,
        connection_id, protocol, address, proven, left_out
      FROM refusals WHERE tenant_id = ? AND app_id = ? AND at > now() - interval '24 hours'
        AND (?::uuid IS NULL OR id < ?)
      """;

  private static final String NEWEST = " ORDER BY id DESC LIMIT ?";

  private static final String FORGET =
      "DELETE FROM refusals WHERE at < now() - interval '24 hours'";

  // The roles of docs/decisions/row-isolation.md, for the transaction.
  private static final String AS_SYSTEM = "SELECT set_config('role', tidegate_system_role(), true)";
  private static final String AS_TENANT =
      "SELECT set_config('role', tidegate_tenant_role(), true),"
          + " set_config('tidegate.tenant', ?, true)";

  private final DataSource pool;
  private final Breaker breaker;

  /**
   * @param breaker over that pool
   */
  public JdbcRefusals(DataSource pool, Breaker breaker) {
    this.pool = pool;
    this.breaker = breaker;
  }

  @Override
  public void add(List<Occurrence> told, List<LeftOut> leftOut) throws SQLException {
    if (!breaker.isClosed()) {
      throw new SQLTransientConnectionException("it is away");
    }
    try (Connection connection = begin(AS_SYSTEM, null)) {
      try {
        insert(connection, told);
        say(connection, leftOut);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void insert(Connection connection, List<Occurrence> told) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (Occurrence one : told) {
        int at = 1;
        insert.setObject(at++, one.id());
        insert.setObject(at++, one.at().atOffset(ZoneOffset.UTC));
        insert.setInt(at++, one.code());
        for (String text : texts(one)) {
          insert.setString(at++, text);
        }
        insert.setBoolean(at++, one.proven());
        insert.setLong(at, one.app().number());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** In the order of the columns. */
  private static @Nullable String[] texts(Occurrence one) {
    return new @Nullable String[] {
      one.step(),
      one.rule(),
      one.detail(),
      one.operation(),
      one.channel(),
      one.keyName(),
      one.clientId(),
      one.requestId(),
      one.connectionId(),
      one.protocol(),
      one.address()
    };
  }

  private static void say(Connection connection, List<LeftOut> leftOut) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LEFT_OUT)) {
      for (LeftOut gap : leftOut) {
        update.setLong(1, gap.total());
        update.setLong(2, gap.app().number());
        update.setObject(3, gap.after());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  @Override
  public List<Occurrence> read(RefusalQuery query, @Nullable UUID before, int limit) {
    breaker.requireClosed();
    // What is not asked for is not in the statement: the planner takes the index of what is.
    String sql =
        READ
            + (query.requestId() == null ? "" : " AND request_id = ?")
            + (query.clientId() == null ? "" : " AND client_id = ?")
            + (query.code() == null ? "" : " AND code = ?")
            + (query.since() == null ? "" : " AND at >= ?")
            + NEWEST;
    try (Connection connection = begin(AS_TENANT, query.tenant());
        PreparedStatement select = connection.prepareStatement(sql)) {
      int at = 1;
      select.setObject(at++, query.tenant().value());
      select.setLong(at++, query.app().number());
      select.setObject(at++, before, Types.OTHER);
      select.setObject(at++, before, Types.OTHER);
      if (query.requestId() != null) {
        select.setString(at++, query.requestId());
      }
      if (query.clientId() != null) {
        select.setString(at++, query.clientId());
      }
      if (query.code() != null) {
        select.setInt(at++, query.code());
      }
      if (query.since() != null) {
        select.setObject(at++, query.since().atOffset(ZoneOffset.UTC));
      }
      select.setInt(at, limit);
      List<Occurrence> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(row(query.app(), row));
        }
      }
      breaker.answered();
      return rows;
    } catch (SQLException e) {
      breaker.failed(e);
      throw RefusedException.because(
          Refusal.STORE_UNAVAILABLE, "refusals cannot be read now", 1_000, e);
    }
  }

  private static Occurrence row(AppId app, ResultSet row) throws SQLException {
    return new Occurrence(
        row.getObject(1, UUID.class),
        app,
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getBoolean(15),
        row.getLong(16));
  }

  @Override
  public void forget() throws SQLException {
    try (Connection connection = begin(AS_SYSTEM, null);
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.executeUpdate();
      connection.commit();
    }
  }

  /** A transaction in a role; the pool rolls back what is not committed. */
  private Connection begin(String role, @Nullable TenantId tenant) throws SQLException {
    Connection connection = pool.getConnection();
    try (PreparedStatement enter = connection.prepareStatement(role)) {
      JdbcPatience.bound(connection, JdbcPatience.READ);
      connection.setAutoCommit(false);
      if (tenant != null) {
        enter.setString(1, tenant.toString());
      }
      enter.execute();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
