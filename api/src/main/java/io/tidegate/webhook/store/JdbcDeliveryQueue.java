package io.tidegate.webhook.store;

import io.tidegate.channel.TenantId;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The queue in PostgreSQL. */
final class JdbcDeliveryQueue implements DeliveryQueue {
  /** Queues looked at in one question; each is one look-up in an index. */
  private static final int MAX_HOPS = 256;

  /** Taken of one queue at a time, unless its head alone is more. */
  private static final int MAX_BYTES = 128 * 1_024;

  /** Taken in one question, unless a head alone is more: so much of a webhook is in memory. */
  private static final int MAX_BYTES_OF_ALL = 512 * 1_024;

  /** The oldest ones of a delivery are forgotten. */
  private static final int MAX_ATTEMPTS = 50;

  /**
   * Hops from the head of one subject's queue to the next: costs as much as it looks at, however
   * long the queues are. A head that is not due holds up all behind it: that is the order.
   */
  private static final String DUE =
      """
      WITH RECURSIVE heads AS (
        (SELECT ordering_key, next_attempt_at, 1 AS hop FROM webhook_deliveries
          WHERE webhook_id = ? AND state = 'pending' AND ordering_key > ?
          ORDER BY ordering_key, position LIMIT 1)
        UNION ALL
        SELECT next.ordering_key, next.next_attempt_at, heads.hop + 1
        FROM heads CROSS JOIN LATERAL (
          SELECT d.ordering_key, d.next_attempt_at FROM webhook_deliveries d
          WHERE d.webhook_id = ? AND d.state = 'pending' AND d.ordering_key > heads.ordering_key
          ORDER BY d.ordering_key, d.position LIMIT 1) next
        WHERE heads.hop < ?),
      due AS (
        SELECT ordering_key FROM heads
        WHERE next_attempt_at <= clock_timestamp() AND NOT (ordering_key = ANY (?))
        ORDER BY ordering_key LIMIT ?),
      seen AS (SELECT count(*) AS hops, max(ordering_key) AS last FROM heads)
      SELECT seen.hops, seen.last, run.id, run.event_id, run.type, run.ordering_key,
        run.happened_at, run.data, run.attempts, run.total
      FROM seen LEFT JOIN (
        SELECT of_one.*, sum(octet_length(of_one.data))
          OVER (ORDER BY of_one.ordering_key, of_one.position) AS total
        FROM due CROSS JOIN LATERAL (
          SELECT d.*, sum(octet_length(d.data)) OVER (ORDER BY d.position) AS bytes FROM (
            SELECT * FROM webhook_deliveries
            WHERE webhook_id = ? AND state = 'pending' AND ordering_key = due.ordering_key
            ORDER BY position LIMIT ?) d) of_one
        WHERE of_one.bytes - octet_length(of_one.data) < ?) run
        ON run.total - octet_length(run.data) < ?
      ORDER BY run.ordering_key, run.position
      """;

  private static final String LOG =
      """
      INSERT INTO webhook_attempts (tenant_id, delivery_id, number, at, status, latency_ms, answer,
        error)
      SELECT tenant_id, id, attempts, clock_timestamp() - ? * interval '1 millisecond', ?, ?, ?, ?
      FROM settled
      """;

  private static final String DELIVERED =
      """
      WITH settled AS (
        UPDATE webhook_deliveries SET state = 'delivered', attempts = attempts + 1,
          finished_at = clock_timestamp()
        WHERE tenant_id = ? AND id = ANY (?) AND state = 'pending'
        RETURNING tenant_id, id, attempts)
      """
          + LOG;

  private static final String FAILED =
      """
      WITH settled AS (
        UPDATE webhook_deliveries SET attempts = attempts + 1,
          state = CASE WHEN statement_timestamp() < give_up_at THEN 'pending' ELSE 'dead' END,
          finished_at = CASE WHEN statement_timestamp() < give_up_at THEN NULL
            ELSE statement_timestamp() END,
          next_attempt_at = least(clock_timestamp() + ? * interval '1 millisecond', give_up_at)
        WHERE tenant_id = ? AND id = ANY (?) AND state = 'pending'
        RETURNING tenant_id, id, attempts, state),
      logged AS (
      """
          + LOG
          + """
      ),
      trimmed AS (
        DELETE FROM webhook_attempts a USING settled s
        WHERE a.tenant_id = s.tenant_id AND a.delivery_id = s.id AND a.number <= s.attempts - ?)
      SELECT count(*) FROM settled WHERE state = 'dead'
      """;

  /** In one statement, that waits for nobody; the others come at their time. */
  private static final String HASTEN =
      """
      UPDATE webhook_deliveries
      SET next_attempt_at = clock_timestamp() + random() * ? * interval '1 millisecond'
      WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM webhook_deliveries
        WHERE webhook_id = ? AND state = 'pending'
          AND next_attempt_at > clock_timestamp() + ? * interval '1 millisecond'
        LIMIT 1000 FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcPatientWork work;

  JdbcDeliveryQueue(JdbcPatientWork work) {
    this.work = work;
  }

  @Override
  public Due due(UUID webhook, String after, Set<String> busy, Portion most) {
    return work.write(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(DUE)) {
            query.setObject(1, webhook);
            query.setString(2, after);
            query.setObject(3, webhook);
            query.setInt(4, MAX_HOPS);
            query.setArray(5, connection.createArrayOf("text", busy.toArray()));
            query.setInt(6, most.runs());
            query.setObject(7, webhook);
            query.setInt(8, most.deliveriesOfOne());
            query.setInt(9, MAX_BYTES);
            query.setInt(10, MAX_BYTES_OF_ALL);
            try (ResultSet row = query.executeQuery()) {
              return due(row, most);
            }
          }
        });
  }

  private static Due due(ResultSet row, Portion most) throws SQLException {
    List<Run> runs = new ArrayList<>();
    List<Delivery> run = new ArrayList<>();
    String after = "";
    boolean full = false;
    while (row.next()) {
      after = row.getInt(1) < MAX_HOPS ? "" : row.getString(2);
      if (row.getObject(3) == null) {
        continue;
      }
      full = row.getLong(10) >= MAX_BYTES_OF_ALL;
      Delivery next = delivery(row);
      if (!run.isEmpty() && !run.getLast().key().equals(next.key())) {
        runs.add(new Run(run.getLast().key(), List.copyOf(run)));
        run.clear();
      }
      run.add(next);
    }
    if (!run.isEmpty()) {
      runs.add(new Run(run.getLast().key(), List.copyOf(run)));
    }
    // What was looked at behind the last one taken may be due, too.
    full |= runs.size() == most.runs();
    return new Due(runs, full ? runs.getLast().key() : after);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getObject(3, UUID.class),
        row.getObject(4, UUID.class),
        row.getString(5),
        row.getString(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        new String(row.getBytes(8), StandardCharsets.UTF_8),
        row.getInt(9));
  }

  @Override
  public void delivered(TenantId tenant, List<UUID> deliveries, Attempt attempt) {
    work.write(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(DELIVERED)) {
            int next = which(connection, update, 1, tenant, deliveries);
            log(update, next, attempt);
            return update.executeUpdate();
          }
        });
  }

  @Override
  public int failed(TenantId tenant, List<UUID> deliveries, Attempt attempt, Duration pause) {
    return work.write(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(FAILED)) {
            update.setLong(1, pause.toMillis());
            int next = log(update, which(connection, update, 2, tenant, deliveries), attempt);
            update.setInt(next, MAX_ATTEMPTS);
            try (ResultSet row = update.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  @Override
  public void hasten(UUID webhook, Duration within) {
    work.write(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(HASTEN)) {
            update.setLong(1, within.toMillis());
            update.setObject(2, webhook);
            update.setLong(3, within.toMillis());
            return update.executeUpdate();
          }
        });
  }

  private static int which(
      Connection connection, PreparedStatement to, int from, TenantId tenant, List<UUID> deliveries)
      throws SQLException {
    to.setObject(from, tenant.value());
    to.setArray(from + 1, connection.createArrayOf("uuid", deliveries.toArray()));
    return from + 2;
  }

  private static int log(PreparedStatement to, int from, Attempt attempt) throws SQLException {
    to.setLong(from, attempt.latencyMillis());
    to.setObject(from + 1, attempt.status(), Types.INTEGER);
    to.setLong(from + 2, attempt.latencyMillis());
    to.setBytes(from + 3, attempt.error() == null ? attempt.answer() : null);
    to.setString(from + 4, attempt.error());
    return from + 5;
  }
}
