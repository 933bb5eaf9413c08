package io.tidegate.webhook.store;

import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Delivery;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends again what was delivered or given up: behind all that waits, with the event's own id and
 * time, for as long as a new one is tried. In the order in which they were queued before.
 */
@Singleton
public class JdbcReplays {
  /** In one transaction, well within what is waited for one. */
  private static final int MAX_AT_ONCE = 10_000;

  private static final String FIND =
      """
      SELECT id FROM webhook_deliveries
      WHERE webhook_id = ? AND state = ?
        AND happened_at >= coalesce(?::timestamptz, '-infinity')
        AND happened_at < coalesce(?::timestamptz, 'infinity')
      ORDER BY position LIMIT ? FOR UPDATE
      """;

  private static final String AGAIN =
      """
      UPDATE webhook_deliveries SET state = 'pending', position = DEFAULT, finished_at = NULL,
        next_attempt_at = clock_timestamp(),
        give_up_at = clock_timestamp() + ? * interval '1 second'
      WHERE tenant_id = ? AND id = ? AND state <> 'pending'
      """;

  private final JdbcWork work;
  private final JdbcWebhooks webhooks;
  private final JdbcDeliveries deliveries;

  JdbcReplays(JdbcWork work, JdbcWebhooks webhooks, JdbcDeliveries deliveries) {
    this.work = work;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  /**
   * Which ones: of events that happened then.
   *
   * @param from null: from the oldest on
   * @param to exclusive; null: to the newest
   */
  public record Range(Delivery.State state, @Nullable Instant from, @Nullable Instant to) {
    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("state", JdbcDeliveries.wireName(state));
      json.put("from", from);
      json.put("to", to);
      return json;
    }
  }

  /** How many are queued again, and whether there are others. */
  public record Replayed(int many, boolean more) {}

  /**
   * @throws RefusedException DELIVERY_PENDING when it waits already
   */
  public DeliveryEntry one(Caller caller, AppId app, UUID webhook, UUID id) {
    return work.write(
        Reach.of(caller),
        () -> {
          WebhookEntry owner = webhooks.find(caller, app, webhook);
          deliveries.find(owner, id);
          if (again(owner, List.of(id)) == 0) {
            throw new RefusedException(
                Refusal.DELIVERY_PENDING, "The delivery waits to be sent already.");
          }
          webhooks.record(caller, owner, "replayed", null, Map.of("deliveryId", id));
          return deliveries.find(owner, id);
        });
  }

  public Replayed many(Caller caller, AppId app, UUID webhook, Range range) {
    return work.write(
        Reach.of(caller),
        () -> {
          WebhookEntry owner = webhooks.find(caller, app, webhook);
          List<UUID> found = find(owner, range);
          boolean more = found.size() > MAX_AT_ONCE;
          int many = again(owner, more ? found.subList(0, MAX_AT_ONCE) : found);
          if (many > 0) {
            Map<String, @Nullable Object> after = range.toJson();
            after.put("deliveries", many);
            webhooks.record(caller, owner, "replayed", null, after);
          }
          return new Replayed(many, more);
        });
  }

  private List<UUID> find(WebhookEntry webhook, Range range) {
    try (PreparedStatement query = work.connection().prepareStatement(FIND)) {
      query.setObject(1, webhook.id());
      query.setString(2, JdbcDeliveries.wireName(range.state()));
      query.setObject(3, range.from() == null ? null : range.from().atOffset(ZoneOffset.UTC));
      query.setObject(4, range.to() == null ? null : range.to().atOffset(ZoneOffset.UTC));
      query.setInt(5, MAX_AT_ONCE + 1);
      try (ResultSet row = query.executeQuery()) {
        List<UUID> found = new ArrayList<>();
        while (row.next()) {
          found.add(row.getObject(1, UUID.class));
        }
        return found;
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  /** One statement for each: so their new places are in this order. */
  private int again(WebhookEntry webhook, List<UUID> ids) {
    try (PreparedStatement update = work.connection().prepareStatement(AGAIN)) {
      for (UUID id : ids) {
        update.setLong(1, Delivery.GIVE_UP_AFTER.toSeconds());
        update.setObject(2, webhook.tenantId());
        update.setObject(3, id);
        update.addBatch();
      }
      int many = 0;
      for (int changed : update.executeBatch()) {
        many += changed;
      }
      return many;
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }
}
