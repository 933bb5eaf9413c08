package io.tidegate.webhook.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Page;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An app's webhooks; every change is on the record, and told to all nodes. */
@Singleton
public class JdbcWebhooks {
  /** Each event of the app is held against each of them. */
  static final int MAX_WEBHOOKS = 50;

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcApps apps;
  private final JdbcWebhookSecrets secrets;
  private final Sql sql;

  JdbcWebhooks(JdbcWork work, JdbcAudit audit, JdbcApps apps, JdbcWebhookSecrets secrets, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.apps = apps;
    this.secrets = secrets;
    this.sql = sql;
  }

  /**
   * @param wanted name, url and events are there
   */
  public WithSecret create(Caller caller, AppId appId, WebhookChange wanted) {
    return apps.change(
        caller,
        appId,
        app -> {
          if (sql.count(app.id()) >= MAX_WEBHOOKS) {
            throw new RefusedException(
                Refusal.CONFLICT, "An app has at most " + MAX_WEBHOOKS + " webhooks.");
          }
          UUID id = UuidCreator.getTimeOrderedEpoch();
          sql.insert(
              id,
              app.tenantId(),
              app.id(),
              String.valueOf(wanted.name()),
              wanted.url() == null ? "" : wanted.url().url(),
              wanted.events() == null ? "[]" : EventNames.text(wanted.events()),
              wanted.pattern() == null ? "*" : wanted.pattern().value(),
              wanted.maxEvents() == null ? 1 : wanted.maxEvents(),
              wanted.enabled() == null || wanted.enabled());
          sql.insertLease(id, app.tenantId(), app.id());
          String secret = secrets.add(app, id);
          WebhookEntry entry = find(app, id);
          record(caller, entry, "created", null, entry.content());
          return new WithSecret(entry, secret);
        });
  }

  /** In order of creation. */
  public Page<WebhookEntry> list(Caller caller, AppId appId, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.read(caller, appId);
          return Page.of(sql.list(app.id(), afterOrdinal, limit + 1), limit);
        });
  }

  public WebhookEntry read(Caller caller, AppId appId, UUID id) {
    return work.read(Reach.of(caller), () -> find(apps.read(caller, appId), id));
  }

  public WebhookEntry update(
      Caller caller, AppId appId, UUID id, IfMatch ifMatch, WebhookChange change) {
    return apps.change(
        caller,
        appId,
        app -> {
          WebhookEntry old = find(app, id);
          ifMatch.check(old.version());
          sql.update(
              id,
              change.name() == null ? old.name() : change.name(),
              change.url() == null ? old.url() : change.url().url(),
              change.events() == null ? old.events() : EventNames.text(change.events()),
              change.pattern() == null ? old.pattern() : change.pattern().value(),
              change.maxEvents() == null ? old.batchEvents() : change.maxEvents(),
              change.enabled() == null ? old.enabled() : change.enabled());
          WebhookEntry entry = find(app, id);
          record(caller, entry, "updated", old.content(), entry.content());
          return entry;
        });
  }

  /** Nothing more is sent; the rest is erased in the background. */
  public void delete(Caller caller, AppId appId, UUID id, IfMatch ifMatch) {
    apps.change(
        caller,
        appId,
        app -> {
          WebhookEntry old = find(app, id);
          ifMatch.check(old.version());
          sql.delete(id);
          record(caller, old, "deleted", old.content(), null);
          return old;
        });
  }

  /**
   * Draws another secret.
   *
   * @param overlap for so long the one before it stays good
   */
  public WithSecret rotate(Caller caller, AppId appId, UUID id, IfMatch ifMatch, Duration overlap) {
    return apps.change(
        caller,
        appId,
        app -> {
          WebhookEntry old = find(app, id);
          ifMatch.check(old.version());
          secrets.retire(id, overlap);
          String secret = secrets.add(app, id);
          WebhookEntry entry = find(app, id);
          record(
              caller, entry, "secretRotated", null, Map.of("overlapSeconds", overlap.toSeconds()));
          return new WithSecret(entry, secret);
        });
  }

  /** The webhook, within a transaction around. */
  WebhookEntry find(Caller caller, AppId appId, UUID id) {
    return find(apps.read(caller, appId), id);
  }

  private WebhookEntry find(AppEntry app, UUID id) {
    return sql.find(app.tenantId(), app.id(), id).orElseThrow(Absent::refusal);
  }

  void record(
      Caller caller,
      WebhookEntry entry,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("webhook", entry.id().toString());
    audit.append(caller, entry.tenant(), "webhook." + verb, target, before, after);
  }

  /** A webhook and its new secret's text, which nothing shows again. */
  public record WithSecret(WebhookEntry webhook, String secret) {
    @Override
    public String toString() {
      return "WithSecret[" + webhook.id() + "]";
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<WebhookEntry, UUID> {
    String COLUMNS =
        " w.id, w.tenant_id, w.app_id, w.ordinal, w.name, w.url, CAST(w.events AS text) AS events,"
            + " w.pattern, w.batch_events, w.enabled, w.version, w.created_at, w.updated_at,"
            + " (SELECT max(s.expires_at) FROM webhook_secrets s WHERE s.webhook_id = w.id"
            + " AND s.expires_at > clock_timestamp()) AS previous_secret_expires_at ";

    @Query("SELECT count(*) FROM webhooks WHERE app_id = :appId AND deleted_at IS NULL")
    long count(long appId);

    @Query(
        """
        INSERT INTO webhooks (id, tenant_id, app_id, name, url, events, pattern, batch_events,
          enabled)
        VALUES (:id, :tenantId, :appId, :name, :url, CAST(:events AS jsonb), :pattern,
          :batchEvents, :enabled)
        """)
    long insert(
        UUID id,
        UUID tenantId,
        long appId,
        String name,
        String url,
        String events,
        String pattern,
        int batchEvents,
        boolean enabled);

    @Query(
        """
        INSERT INTO webhook_leases (webhook_id, tenant_id, app_id)
        VALUES (:id, :tenantId, :appId)
        """)
    long insertLease(UUID id, UUID tenantId, long appId);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM webhooks w WHERE w.tenant_id = :tenantId AND w.app_id = :appId AND w.id = :id"
            + " AND w.deleted_at IS NULL")
    Optional<WebhookEntry> find(UUID tenantId, long appId, UUID id);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM webhooks w WHERE w.app_id = :appId AND w.deleted_at IS NULL"
            + " AND w.ordinal > :afterOrdinal ORDER BY w.ordinal LIMIT :limit")
    List<WebhookEntry> list(long appId, long afterOrdinal, int limit);

    @Query(
        """
        UPDATE webhooks SET name = :name, url = :url, events = CAST(:events AS jsonb),
          pattern = :pattern, batch_events = :batchEvents, enabled = :enabled,
          version = version + 1, updated_at = now() WHERE id = :id
        """)
    long update(
        UUID id,
        String name,
        String url,
        String events,
        String pattern,
        int batchEvents,
        boolean enabled);

    @Query("UPDATE webhooks SET deleted_at = now() WHERE id = :id")
    long delete(UUID id);
  }
}
