package io.tidegate.hook.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.hook.Hook;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.OnFailure;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppErasure;
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

/** An app's hooks; every change is on the record, and told to all nodes. */
@Singleton
public class JdbcHooks implements AppErasure {
  /** A channel is held against each of them. */
  static final int MAX_HOOKS = 20;

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcApps apps;
  private final JdbcHookSecrets secrets;
  private final Sql sql;

  JdbcHooks(JdbcWork work, JdbcAudit audit, JdbcApps apps, JdbcHookSecrets secrets, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.apps = apps;
    this.secrets = secrets;
    this.sql = sql;
  }

  /**
   * @param wanted name and url are there
   */
  public WithSecret create(Caller caller, AppId appId, HookKind kind, HookChange wanted) {
    wanted.requireFor(kind == HookKind.CONNECT);
    return apps.change(
        caller,
        appId,
        app -> {
          requireRoom(app, kind);
          UUID id = UuidCreator.getTimeOrderedEpoch();
          sql.insert(
              id,
              app.tenantId(),
              app.id(),
              String.valueOf(wanted.name()),
              kind.wireName(),
              wanted.url() == null ? "" : wanted.url().url(),
              wanted.pattern() == null ? "*" : wanted.pattern().value(),
              (wanted.onFailure() == null ? OnFailure.REFUSE : wanted.onFailure()).wireName(),
              wanted.timeoutMs() == null ? (int) Hook.MAX_TIMEOUT.toMillis() : wanted.timeoutMs(),
              wanted.cacheSeconds() == null ? 0 : wanted.cacheSeconds(),
              wanted.enabled() == null || wanted.enabled());
          String secret = secrets.add(app, id);
          HookEntry entry = find(app, id);
          record(caller, entry, "created", null, entry.content());
          return new WithSecret(entry, secret);
        });
  }

  private void requireRoom(AppEntry app, HookKind kind) {
    if (sql.count(app.id()) >= MAX_HOOKS) {
      throw new RefusedException(Refusal.CONFLICT, "An app has at most " + MAX_HOOKS + " hooks.");
    }
    if (kind == HookKind.CONNECT && sql.countOf(app.id(), kind.wireName()) > 0) {
      throw new RefusedException(Refusal.CONFLICT, "An app has at most one connect hook.");
    }
  }

  /** In order of creation. */
  public Page<HookEntry> list(Caller caller, AppId appId, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.read(caller, appId);
          return Page.of(sql.list(app.id(), afterOrdinal, limit + 1), limit);
        });
  }

  public HookEntry read(Caller caller, AppId appId, UUID id) {
    return work.read(Reach.of(caller), () -> find(apps.read(caller, appId), id));
  }

  public HookEntry update(Caller caller, AppId appId, UUID id, IfMatch ifMatch, HookChange change) {
    return apps.change(
        caller,
        appId,
        app -> {
          HookEntry old = find(app, id);
          ifMatch.check(old.version());
          change.requireFor(old.isConnect());
          sql.update(
              id,
              change.name() == null ? old.name() : change.name(),
              change.url() == null ? old.url() : change.url().url(),
              change.pattern() == null ? old.pattern() : change.pattern().value(),
              change.onFailure() == null ? old.onFailure() : change.onFailure().wireName(),
              change.timeoutMs() == null ? old.timeoutMs() : change.timeoutMs(),
              change.cacheSeconds() == null ? old.cacheSeconds() : change.cacheSeconds(),
              change.enabled() == null ? old.enabled() : change.enabled());
          HookEntry entry = find(app, id);
          record(caller, entry, "updated", old.content(), entry.content());
          return entry;
        });
  }

  /** It is asked no more; its secrets go with it. */
  public void delete(Caller caller, AppId appId, UUID id, IfMatch ifMatch) {
    apps.change(
        caller,
        appId,
        app -> {
          HookEntry old = find(app, id);
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
          HookEntry old = find(app, id);
          ifMatch.check(old.version());
          secrets.retire(id, overlap);
          String secret = secrets.add(app, id);
          HookEntry entry = find(app, id);
          record(
              caller, entry, "secretRotated", null, Map.of("overlapSeconds", overlap.toSeconds()));
          return new WithSecret(entry, secret);
        });
  }

  @Override
  public void erase(TenantId tenant, AppId app) {
    work.write(Reach.EVERYTHING, () -> sql.eraseOf(app.number()));
  }

  private HookEntry find(AppEntry app, UUID id) {
    return sql.find(app.tenantId(), app.id(), id).orElseThrow(Absent::refusal);
  }

  private void record(
      Caller caller,
      HookEntry entry,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("hook", entry.id().toString());
    audit.append(caller, entry.tenant(), "hook." + verb, target, before, after);
  }

  /** A hook and its new secret's text, which nothing shows again. */
  public record WithSecret(HookEntry hook, String secret) {
    @Override
    public String toString() {
      return "WithSecret[" + hook.id() + "]";
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<HookEntry, UUID> {
    String COLUMNS =
        " h.id, h.tenant_id, h.app_id, h.ordinal, h.name, h.kind, h.url, h.pattern, h.on_failure,"
            + " h.timeout_ms, h.cache_seconds, h.enabled, h.version, h.created_at, h.updated_at,"
            + " (SELECT max(s.expires_at) FROM hook_secrets s WHERE s.hook_id = h.id"
            + " AND s.expires_at > clock_timestamp()) AS previous_secret_expires_at ";

    @Query("SELECT count(*) FROM hooks WHERE app_id = :appId")
    long count(long appId);

    @Query("SELECT count(*) FROM hooks WHERE app_id = :appId AND kind = :kind")
    long countOf(long appId, String kind);

    @Query(
        """
        INSERT INTO hooks (id, tenant_id, app_id, name, kind, url, pattern, on_failure, timeout_ms,
          cache_seconds, enabled)
        VALUES (:id, :tenantId, :appId, :name, :kind, :url, :pattern, :onFailure, :timeoutMs,
          :cacheSeconds, :enabled)
        """)
    long insert(
        UUID id,
        UUID tenantId,
        long appId,
        String name,
        String kind,
        String url,
        String pattern,
        String onFailure,
        int timeoutMs,
        int cacheSeconds,
        boolean enabled);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM hooks h WHERE h.tenant_id = :tenantId AND h.app_id = :appId AND h.id = :id")
    Optional<HookEntry> find(UUID tenantId, long appId, UUID id);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM hooks h WHERE h.app_id = :appId AND h.ordinal > :afterOrdinal"
            + " ORDER BY h.ordinal LIMIT :limit")
    List<HookEntry> list(long appId, long afterOrdinal, int limit);

    @Query(
        """
        UPDATE hooks SET name = :name, url = :url, pattern = :pattern, on_failure = :onFailure,
          timeout_ms = :timeoutMs, cache_seconds = :cacheSeconds, enabled = :enabled,
          version = version + 1, updated_at = now() WHERE id = :id
        """)
    long update(
        UUID id,
        String name,
        String url,
        String pattern,
        String onFailure,
        int timeoutMs,
        int cacheSeconds,
        boolean enabled);

    @Query("DELETE FROM hooks WHERE id = :id")
    long delete(UUID id);

    @Query("DELETE FROM hooks WHERE app_id = :appId")
    long eraseOf(long appId);
  }
}
