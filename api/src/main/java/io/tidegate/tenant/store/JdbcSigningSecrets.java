package io.tidegate.tenant.store;

import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.SecretText;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * The secrets that one kind of thing signs its calls with, sealed; one is good, two while a
 * rotation is under way. Within a transaction around that holds the app's lock.
 */
public final class JdbcSigningSecrets {
  private final JdbcWork work;
  private final Envelope envelope;
  private final Owners owners;
  private final String prefix;

  /**
   * Whose they are.
   *
   * @param table of the owners, with {@code id}, {@code last_secret}, {@code version} and {@code
   *     updated_at}
   * @param secrets the table of their secrets
   * @param reference the column of that which names the owner
   * @param labels under which secrets are sealed
   */
  public record Owners(String table, String secrets, String reference, Labels labels) {}

  /** Makes the label of an owner's secret. */
  @FunctionalInterface
  public interface Labels {
    String of(UUID owner, int number);
  }

  /**
   * @param prefix of the secrets' text
   */
  public JdbcSigningSecrets(JdbcWork work, Envelope envelope, Owners owners, String prefix) {
    this.work = work;
    this.envelope = envelope;
    this.owners = owners;
    this.prefix = prefix;
  }

  /** Draws one; its text. */
  public String add(AppEntry app, UUID owner) {
    String text = SecretText.draw(prefix);
    try {
      int number = nextNumber(owner);
      byte[] sealed =
          envelope.seal(owners.labels.of(owner, number), text.getBytes(StandardCharsets.US_ASCII));
      String insert =
          "INSERT INTO %s (tenant_id, app_id, %s, number, secret_sealed) VALUES (?, ?, ?, ?, ?)"
              .formatted(owners.secrets, owners.reference);
      try (PreparedStatement statement = work.connection().prepareStatement(insert)) {
        statement.setObject(1, app.tenantId());
        statement.setLong(2, app.id());
        statement.setObject(3, owner);
        statement.setInt(4, number);
        statement.setBytes(5, sealed);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
    return text;
  }

  private int nextNumber(UUID owner) throws SQLException {
    String count =
        """
        UPDATE %s SET last_secret = last_secret + 1, version = version + 1, updated_at = now()
        WHERE id = ? RETURNING last_secret
        """
            .formatted(owners.table);
    try (PreparedStatement statement = work.connection().prepareStatement(count)) {
      statement.setObject(1, owner);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("there is no " + owner + " in " + owners.table);
        }
        return row.getInt(1);
      }
    }
  }

  /** The newest one is good for a while longer, any other ends now. */
  public void retire(UUID owner, Duration overlap) {
    String drop =
        "DELETE FROM %s WHERE %s = ? AND expires_at IS NOT NULL"
            .formatted(owners.secrets, owners.reference);
    String expire =
        """
        UPDATE %s SET expires_at = clock_timestamp() + CAST(? AS bigint) * interval '1 second'
        WHERE %s = ?
        """
            .formatted(owners.secrets, owners.reference);
    try (PreparedStatement older = work.connection().prepareStatement(drop);
        PreparedStatement newest = work.connection().prepareStatement(expire)) {
      older.setObject(1, owner);
      older.executeUpdate();
      newest.setLong(1, overlap.toSeconds());
      newest.setObject(2, owner);
      newest.executeUpdate();
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  /** The text of a sealed one. */
  public String open(UUID owner, int number, byte[] sealed) {
    return new String(
        envelope.open(owners.labels.of(owner, number), sealed), StandardCharsets.US_ASCII);
  }
}
