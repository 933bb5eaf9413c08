package io.tidegate.tenant.store;

import io.tidegate.tenant.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Seals everything that the database keeps sealed with another master key. Every column that holds
 * envelopes is listed here; a test compares the list with the tables.
 */
public final class JdbcResealing {
  private static final int ROWS_AT_ONCE = 500;

  /** Envelopes by column, and how a row's label is made of its key. */
  private static final List<Sealed> ALL =
      List.of(
          new Sealed(
              "installation", "master_key_check", "singleton", row -> JdbcInstallation.LABEL),
          new Sealed(
              "keys",
              "secret_sealed",
              "app_id, key_id",
              row -> JdbcKeys.label(row.getLong("app_id"), row.getString("key_id"))),
          new Sealed(
              "webhook_secrets",
              "secret_sealed",
              "webhook_id, number",
              row ->
                  SecretLabels.ofWebhook(
                      row.getObject("webhook_id", UUID.class), row.getInt("number"))),
          new Sealed(
              "hook_secrets",
              "secret_sealed",
              "hook_id, number",
              row ->
                  SecretLabels.ofHook(row.getObject("hook_id", UUID.class), row.getInt("number"))),
          new Sealed(
              "second_factors",
              "secret_sealed",
              "account_id",
              row -> SecretLabels.ofSecondFactor(row.getObject("account_id", UUID.class))),
          new Sealed(
              "idempotency_keys",
              "answer_sealed",
              "id",
              row -> JdbcIdempotency.label(row.getBytes("id"))));

  private final Connection connection;
  private final Envelope from;
  private final Envelope to;

  /**
   * @param connection without auto-commit; the caller commits
   */
  public JdbcResealing(Connection connection, Envelope from, Envelope to) {
    this.connection = connection;
    this.from = from;
    this.to = to;
  }

  /** Makes the label of a row. */
  private interface Labels {
    String of(ResultSet row) throws SQLException;
  }

  private record Sealed(String table, String column, String key, Labels labels) {}

  /** Which columns hold envelopes, by table. */
  static Map<String, String> columns() {
    return ALL.stream().collect(Collectors.toMap(Sealed::table, Sealed::column));
  }

  /** Whether the database was sealed with this key; false when with another one. */
  public static boolean isSealedWith(Connection connection, Envelope envelope) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT master_key_check FROM installation")) {
      if (!row.next()) {
        throw new SQLException("no gateway has been started over this database");
      }
      envelope.open(JdbcInstallation.LABEL, row.getBytes(1));
      return true;
    } catch (IllegalArgumentException otherKey) {
      return false;
    }
  }

  /**
   * Seals every row anew; none when one of them cannot be opened.
   *
   * @return how many
   * @throws IllegalArgumentException naming the table, when a row opens with neither key
   */
  public int run() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Sees the rows of all tenants: what is hidden would stay sealed with the old key.
      statement.execute("SELECT set_config('role', tidegate_system_role(), true)");
    }
    int rows = 0;
    for (Sealed sealed : ALL) {
      rows += reseal(sealed);
    }
    return rows;
  }

  private int reseal(Sealed sealed) throws SQLException {
    int rows = 0;
    String select =
        "SELECT %s, ctid::text AS place, %s FROM %s FOR UPDATE"
            .formatted(sealed.key(), sealed.column(), sealed.table());
    String update =
        "UPDATE %s SET %s = ? WHERE ctid = ?::tid".formatted(sealed.table(), sealed.column());
    try (PreparedStatement query = connection.prepareStatement(select);
        PreparedStatement change = connection.prepareStatement(update)) {
      query.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String label = sealed.labels().of(row);
          change.setBytes(1, reseal(sealed, label, row.getBytes(sealed.column())));
          change.setString(2, row.getString("place"));
          change.addBatch();
          rows++;
          if (rows % ROWS_AT_ONCE == 0) {
            change.executeBatch();
          }
        }
      }
      change.executeBatch();
    }
    return rows;
  }

  private byte[] reseal(Sealed sealed, String label, byte[] envelope) {
    try {
      return to.seal(label, from.open(label, envelope));
    } catch (IllegalArgumentException notTheOldKey) {
      throw new IllegalArgumentException(
          "a row of " + sealed.table() + " does not open with TIDEGATE_MASTER_KEY", notTheOldKey);
    }
  }
}
