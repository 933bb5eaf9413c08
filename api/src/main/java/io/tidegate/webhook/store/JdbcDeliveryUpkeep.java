package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.AppErasure;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Delivery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Bounds what is kept of deliveries that are over, gives up what waits for webhooks that nobody
 * sends to, and erases what was deleted. Does no harm at any time, on any number of nodes.
 */
@Singleton
public class JdbcDeliveryUpkeep implements AppErasure {
  /** Enough to look up what happened over a weekend. */
  private static final int DELIVERED_DAYS = 3;

  /** Enough to notice, mend a receiver and send them again. */
  private static final int DEAD_DAYS = 14;

  private static final long GIVE_UP_SECONDS = Delivery.GIVE_UP_AFTER.toSeconds();

  /** Rows that go in one transaction. */
  private static final int ROUND = 2_000;

  private final JdbcWork work;
  private final Sql sql;
  private final Bounds bounds;

  /** By the round before; any thread reads it. */
  private volatile long waitingSeconds;

  @Inject
  JdbcDeliveryUpkeep(JdbcWork work, Sql sql) {
    this(work, sql, Bounds.STANDARD);
  }

  JdbcDeliveryUpkeep(JdbcWork work, Sql sql, Bounds bounds) {
    this.work = work;
    this.sql = sql;
    this.bounds = bounds;
  }

  /**
   * Of one webhook.
   *
   * @param delivered a busy one has more than this within minutes, and nobody reads it
   * @param dead enough for a day of a busy channel
   * @param waiting a gigabyte or more; beyond it the oldest ones are given up before their time
   */
  record Bounds(int delivered, int dead, int waiting) {
    static final Bounds STANDARD = new Bounds(10_000, 100_000, 1_000_000);
  }

  /** For how long what waits longest has waited, as of the last round; 0: nothing waits. */
  public long waitingSeconds() {
    return waitingSeconds;
  }

  /** One round over all webhooks. */
  public void run() {
    waitingSeconds = work.read(Reach.EVERYTHING, () -> sql.waitingSeconds(GIVE_UP_SECONDS));
    rounds(() -> sql.giveUp(ROUND));
    for (UUID webhook : work.read(Reach.EVERYTHING, sql::webhooks)) {
      rounds(() -> sql.giveUpOldest(webhook, bounds.waiting(), ROUND));
      forget(webhook, "delivered", DELIVERED_DAYS, bounds.delivered());
      forget(webhook, "dead", DEAD_DAYS, bounds.dead());
    }
    for (UUID webhook : work.read(Reach.EVERYTHING, sql::deleted)) {
      rounds(() -> sql.eraseDeliveries(webhook, ROUND));
      work.write(Reach.EVERYTHING, () -> sql.erase(webhook));
    }
  }

  @Override
  public void erase(TenantId tenant, AppId app) {
    List<UUID> webhooks = work.read(Reach.EVERYTHING, () -> sql.of(app.number()));
    for (UUID webhook : webhooks) {
      rounds(() -> sql.eraseDeliveries(webhook, ROUND));
      work.write(Reach.EVERYTHING, () -> sql.erase(webhook));
    }
  }

  private void forget(UUID webhook, String state, int days, int most) {
    rounds(() -> sql.forgetOld(webhook, state, days, ROUND));
    rounds(() -> sql.forgetMany(webhook, state, most, ROUND));
  }

  private void rounds(LongSupplier statement) {
    long gone;
    do {
      gone = work.write(Reach.EVERYTHING, statement::getAsLong);
    } while (gone >= ROUND);
  }

  /** The statements. An UPDATE in which {@code FOR UPDATE} stands would be taken for a question. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<WebhookEntry, UUID> {
    /** Of what somebody sends: one look-up in an index for each webhook. */
    @Query(
        """
        SELECT coalesce(CAST(max(extract(epoch FROM clock_timestamp() - oldest.give_up_at))
          + CAST(:givenUpAfter AS bigint) AS bigint), 0)
        FROM webhooks w CROSS JOIN LATERAL (
          SELECT d.give_up_at FROM webhook_deliveries d
          WHERE d.webhook_id = w.id AND d.state = 'pending' ORDER BY d.position LIMIT 1) oldest
        WHERE w.enabled AND w.deleted_at IS NULL
        """)
    long waitingSeconds(long givenUpAfter);

    @Query("SELECT id FROM webhooks ORDER BY id")
    List<UUID> webhooks();

    @Query("SELECT id FROM webhooks WHERE deleted_at < now() - interval '1 minute'")
    List<UUID> deleted();

    @Query("SELECT id FROM webhooks WHERE app_id = :app")
    List<UUID> of(long app);

    /** What is tried is given up by who tries, some minutes after its time at the latest. */
    @Query(
        """
        UPDATE webhook_deliveries SET state = 'dead', finished_at = clock_timestamp()
        WHERE (tenant_id, id) IN (SELECT d.tenant_id, d.id FROM webhook_deliveries d
          JOIN webhooks w ON w.id = d.webhook_id
          WHERE d.state = 'pending' AND d.give_up_at < now() - interval '1 hour'
            AND NOT w.enabled
          LIMIT :most FOR NO KEY UPDATE OF d SKIP LOCKED)
        """)
    long giveUp(int most);

    @Query(
        """
        UPDATE webhook_deliveries SET state = 'dead', finished_at = clock_timestamp()
        WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM webhook_deliveries
          WHERE webhook_id = :webhook AND state = 'pending' AND position <= (
            SELECT position FROM webhook_deliveries
            WHERE webhook_id = :webhook AND state = 'pending'
            ORDER BY position DESC OFFSET :kept LIMIT 1)
          ORDER BY position LIMIT :most FOR NO KEY UPDATE SKIP LOCKED)
        """)
    long giveUpOldest(UUID webhook, int kept, int most);

    @Query(
        """
        DELETE FROM webhook_deliveries WHERE (tenant_id, id) IN (
          SELECT tenant_id, id FROM webhook_deliveries
          WHERE webhook_id = :webhook AND state = :state
            AND finished_at < now() - CAST(:days AS integer) * interval '1 day'
          LIMIT :most FOR UPDATE SKIP LOCKED)
        """)
    long forgetOld(UUID webhook, String state, int days, int most);

    @Query(
        """
        DELETE FROM webhook_deliveries WHERE (tenant_id, id) IN (
          SELECT tenant_id, id FROM webhook_deliveries
          WHERE webhook_id = :webhook AND state = :state AND position <= (
            SELECT position FROM webhook_deliveries
            WHERE webhook_id = :webhook AND state = :state
            ORDER BY position DESC OFFSET :kept LIMIT 1)
          ORDER BY position LIMIT :most FOR UPDATE SKIP LOCKED)
        """)
    long forgetMany(UUID webhook, String state, int kept, int most);

    @Query(
        """
        DELETE FROM webhook_deliveries WHERE (tenant_id, id) IN (
          SELECT tenant_id, id FROM webhook_deliveries WHERE webhook_id = :webhook
          LIMIT :most FOR UPDATE SKIP LOCKED)
        """)
    long eraseDeliveries(UUID webhook, int most);

    @Query(
        """
        DELETE FROM webhooks w WHERE w.id = :webhook AND NOT EXISTS (
          SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id)
        """)
    long erase(UUID webhook);
  }
}
