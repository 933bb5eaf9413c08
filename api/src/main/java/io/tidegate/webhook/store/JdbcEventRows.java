package io.tidegate.webhook.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into the queue, on whatever connection has a transaction that they belong to and
 * may write there: that of a change, or of a batch of the log.
 */
public final class JdbcEventRows {
  /**
   * The numbers of one subject's deliveries are drawn under a lock that is held until the commit,
   * whoever writes them: so their order is that of the commits, and nothing is ever put in before
   * what has been sent. The locks are taken in their own order, so that no two writers wait for
   * each other in a circle. A webhook that went meanwhile gets nothing, and spoils nothing.
   */
  private static final String INSERT =
      """
      SELECT pg_advisory_xact_lock(k) FROM (
        SELECT DISTINCT hashtextextended(subject, 0) AS k FROM unnest(?::text[]) subject
        ORDER BY k) locks;
      INSERT INTO webhook_deliveries (tenant_id, id, app_id, webhook_id, event_id, type, channel,
        ordering_key, data, happened_at, give_up_at)
      SELECT w.tenant_id, e.id, w.app_id, w.id, e.event_id, e.type, e.channel, e.key, e.data,
        coalesce(e.at, clock_timestamp()), clock_timestamp() + ? * interval '1 second'
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bytea[],
          ?::timestamptz[]) WITH ORDINALITY
        AS e(id, webhook_id, event_id, type, channel, key, data, at, n)
      JOIN webhooks w ON w.id = e.webhook_id
      WHERE w.enabled AND w.deleted_at IS NULL
      ORDER BY e.n
      """;

  private final Webhooks webhooks;

  public JdbcEventRows(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  private record Row(UUID webhook, Event event) {}

  /**
   * Queues each event for each webhook that wants it.
   *
   * @return the webhooks that there is something for now; empty: nothing was asked of the database
   */
  public Set<UUID> write(Connection connection, List<Event> events) throws SQLException {
    List<Row> rows = new ArrayList<>();
    Set<UUID> told = new LinkedHashSet<>();
    for (Event event : events) {
      for (Webhook webhook : webhooks.of(event.app())) {
        if (webhook.wants(event.type(), event.subject())) {
          rows.add(new Row(webhook.id(), event));
          told.add(webhook.id());
        }
      }
    }
    if (!rows.isEmpty()) {
      insert(connection, rows);
    }
    return told;
  }

  private static void insert(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int at = 1;
      insert.setArray(
          at++,
          texts(connection, rows, row -> row.event().app() + " " + row.event().subject().key()));
      insert.setLong(at++, Delivery.GIVE_UP_AFTER.toSeconds());
      insert.setArray(at++, uuids(connection, rows, row -> UuidCreator.getTimeOrderedEpoch()));
      insert.setArray(at++, uuids(connection, rows, Row::webhook));
      insert.setArray(at++, uuids(connection, rows, row -> row.event().id()));
      insert.setArray(at++, texts(connection, rows, row -> row.event().type().wireName()));
      insert.setArray(at++, texts(connection, rows, row -> row.event().subject().channel()));
      insert.setArray(at++, texts(connection, rows, row -> row.event().subject().key()));
      insert.setArray(
          at++,
          connection.createArrayOf(
              "bytea",
              rows.stream()
                  .map(row -> row.event().data().getBytes(StandardCharsets.UTF_8))
                  .toArray(byte[][]::new)));
      insert.setArray(at, texts(connection, rows, row -> row.event().at(), "timestamptz"));
      insert.execute();
    }
  }

  /** What an array has of a row; null is SQL's. */
  private interface Part {
    @Nullable Object of(Row row);
  }

  private static Array texts(Connection connection, List<Row> rows, Part part) throws SQLException {
    return texts(connection, rows, part, "text");
  }

  private static Array texts(Connection connection, List<Row> rows, Part part, String type)
      throws SQLException {
    return connection.createArrayOf(
        type,
        rows.stream()
            .map(part::of)
            .map(value -> value == null ? null : value.toString())
            .toArray(String[]::new));
  }

  private static Array uuids(Connection connection, List<Row> rows, Part part) throws SQLException {
    return connection.createArrayOf("uuid", rows.stream().map(part::of).toArray());
  }
}
