package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Page;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Delivery;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a webhook's deliveries. */
@Singleton
public class JdbcDeliveries {
  private final JdbcWork work;
  private final JdbcWebhooks webhooks;
  private final Sql sql;
  private final Attempts attempts;

  JdbcDeliveries(JdbcWork work, JdbcWebhooks webhooks, Sql sql, Attempts attempts) {
    this.work = work;
    this.webhooks = webhooks;
    this.sql = sql;
    this.attempts = attempts;
  }

  /**
   * One with all that is known of it.
   *
   * @param data a JSON object's text
   * @param attempts the newest first
   */
  public record Detail(DeliveryEntry delivery, String data, List<AttemptEntry> attempts) {}

  static String wireName(Delivery.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one queued last first.
   *
   * @param state null: any
   */
  public Page<DeliveryEntry> list(
      Caller caller,
      AppId app,
      UUID webhook,
      Delivery.@Nullable State state,
      int limit,
      long beforePosition) {
    return work.read(
        Reach.of(caller),
        () -> {
          webhooks.find(caller, app, webhook);
          return Page.of(
              state == null
                  ? sql.list(webhook, beforePosition, limit + 1)
                  : sql.listIn(wireName(state), webhook, beforePosition, limit + 1),
              limit);
        });
  }

  public Detail read(Caller caller, AppId app, UUID webhook, UUID id) {
    return work.read(
        Reach.of(caller),
        () -> {
          WebhookEntry owner = webhooks.find(caller, app, webhook);
          DeliveryEntry delivery = find(owner, id);
          String data = sql.data(owner.tenantId(), id).orElseThrow(Absent::refusal);
          return new Detail(delivery, data, attempts.of(owner.tenantId(), id));
        });
  }

  /** The delivery, within a transaction around. */
  DeliveryEntry find(WebhookEntry webhook, UUID id) {
    return sql.find(webhook.tenantId(), webhook.id(), id).orElseThrow(Absent::refusal);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<DeliveryEntry, UUID> {
    String COLUMNS =
        " id, webhook_id, position, event_id, type, channel, happened_at, state, attempts,"
            + " next_attempt_at, give_up_at, finished_at ";

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM webhook_deliveries WHERE tenant_id = :tenantId AND webhook_id = :webhook"
            + " AND id = :id")
    Optional<DeliveryEntry> find(UUID tenantId, UUID webhook, UUID id);

    @Query(
        "SELECT convert_from(data, 'UTF8') FROM webhook_deliveries"
            + " WHERE tenant_id = :tenantId AND id = :id")
    Optional<String> data(UUID tenantId, UUID id);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM webhook_deliveries WHERE webhook_id = :webhook AND position < :before"
            + " ORDER BY position DESC LIMIT :limit")
    List<DeliveryEntry> list(UUID webhook, long before, int limit);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM webhook_deliveries WHERE webhook_id = :webhook AND state = :state"
            + " AND position < :before ORDER BY position DESC LIMIT :limit")
    List<DeliveryEntry> listIn(String state, UUID webhook, long before, int limit);
  }

  /** The statements over attempts. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Attempts extends GenericRepository<AttemptEntry, Integer> {
    @Query(
        """
        SELECT number, at, status, latency_ms, coalesce(answer, CAST('' AS bytea)) AS answer,
          error FROM webhook_attempts
        WHERE tenant_id = :tenantId AND delivery_id = :delivery
        ORDER BY number DESC LIMIT 50
        """)
    List<AttemptEntry> of(UUID tenantId, UUID delivery);
  }
}
