package io.tidegate.webhook.store;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.Leases;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Leases in PostgreSQL, by its clock. */
final class JdbcLeases implements Leases {
  /**
   * Hops over the index from one webhook that something waits for to the next: costs as much as
   * there are of those, however many webhooks there are and however much waits. What others take at
   * this moment is passed over, not waited for.
   */
  private static final String TAKE =
      """
      WITH RECURSIVE waiting AS (
        (SELECT webhook_id FROM webhook_deliveries WHERE state = 'pending'
          ORDER BY webhook_id LIMIT 1)
        UNION ALL
        SELECT (SELECT d.webhook_id FROM webhook_deliveries d
          WHERE d.state = 'pending' AND d.webhook_id > waiting.webhook_id
          ORDER BY d.webhook_id LIMIT 1)
        FROM waiting WHERE waiting.webhook_id IS NOT NULL),
      free AS (
        SELECT l.webhook_id FROM webhook_leases l
        JOIN webhooks w ON w.id = l.webhook_id
        JOIN apps a ON a.tenant_id = w.tenant_id AND a.id = w.app_id
        JOIN tenants t ON t.id = w.tenant_id
        WHERE l.webhook_id IN (SELECT webhook_id FROM waiting) AND l.until < clock_timestamp()
          AND w.enabled AND w.deleted_at IS NULL AND a.deleted_at IS NULL
          AND t.deleted_at IS NULL
        ORDER BY l.until LIMIT ? FOR UPDATE OF l SKIP LOCKED)
      UPDATE webhook_leases l
      SET owner = ?, until = clock_timestamp() + ? * interval '1 millisecond'
      FROM free WHERE l.webhook_id = free.webhook_id
      RETURNING l.webhook_id, l.tenant_id, l.app_id
      """;

  private static final String RENEW =
      """
      UPDATE webhook_leases SET until = clock_timestamp() + ? * interval '1 millisecond'
      WHERE owner = ? AND webhook_id = ANY (?)
      RETURNING webhook_id
      """;

  private static final String RELEASE =
      """
      UPDATE webhook_leases
      SET owner = NULL, until = clock_timestamp() + ? * interval '1 millisecond'
      WHERE owner = ? AND webhook_id = ?
      """;

  private final JdbcPatientWork work;

  JdbcLeases(JdbcPatientWork work) {
    this.work = work;
  }

  @Override
  public List<Lease> take(String owner, Duration length, int most) {
    return work.write(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, most);
            take.setString(2, owner);
            take.setLong(3, length.toMillis());
            try (ResultSet row = take.executeQuery()) {
              List<Lease> taken = new ArrayList<>();
              while (row.next()) {
                taken.add(lease(row));
              }
              return taken;
            }
          }
        });
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        new AppId(row.getString(3)));
  }

  @Override
  public Set<UUID> renew(String owner, Duration length, Collection<UUID> webhooks) {
    return work.write(
        connection -> {
          try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, length.toMillis());
            renew.setString(2, owner);
            renew.setArray(3, connection.createArrayOf("uuid", webhooks.toArray()));
            try (ResultSet row = renew.executeQuery()) {
              Set<UUID> held = new HashSet<>();
              while (row.next()) {
                held.add(row.getObject(1, UUID.class));
              }
              return held;
            }
          }
        });
  }

  @Override
  public void release(String owner, UUID webhook, Duration pause) {
    work.write(
        connection -> {
          try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setLong(1, pause.toMillis());
            release.setString(2, owner);
            release.setObject(3, webhook);
            return release.executeUpdate();
          }
        });
  }
}
