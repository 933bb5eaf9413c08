package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Apps. */
@Singleton
public class JdbcApps {
  /** Ids are drawn, not counted, so that they tell nothing of how many there are. */
  private static final long MIN_ID = 100_000;

  private static final long MAX_ID = 999_999_999;
  private static final int MAX_DRAWS = 20;

  private final SecureRandom random = new SecureRandom();
  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcTenants tenants;
  private final JdbcCommands commands;
  private final Sql sql;

  JdbcApps(JdbcWork work, JdbcAudit audit, JdbcTenants tenants, JdbcCommands commands, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.tenants = tenants;
    this.commands = commands;
    this.sql = sql;
  }

  public AppEntry create(Caller caller, TenantId tenant, String name, List<String> allowedOrigins) {
    return create(caller, tenant, name, new AppSettings(allowedOrigins, true));
  }

  public AppEntry create(Caller caller, TenantId tenant, String name, AppSettings settings) {
    return work.write(
        Reach.of(caller),
        () -> {
          tenants.hold(caller, tenant);
          long id = insert(tenant, name, settings.json());
          AppEntry app = sql.find(id, null).orElseThrow();
          record(caller, app, "created", null, app.content());
          changed(app);
          return app;
        });
  }

  /** A tenant's apps in order of creation. */
  public Page<AppEntry> list(Caller caller, TenantId tenant, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          tenants.read(caller, tenant);
          return Page.of(sql.list(tenant.value(), afterOrdinal, limit + 1), limit);
        });
  }

  public AppEntry read(Caller caller, AppId id) {
    return work.read(Reach.of(caller), () -> sql.find(id.number(), scope(caller)))
        .orElseThrow(Absent::refusal);
  }

  /** Null leaves a part as it is. */
  public AppEntry update(
      Caller caller,
      AppId id,
      IfMatch ifMatch,
      @Nullable String name,
      AppSettings.Change settings) {
    return work.write(
        Reach.of(caller),
        () -> {
          AppEntry old = lock(caller, id, ifMatch);
          sql.update(
              old.id(), name == null ? old.name() : name, settings.of(old.settingsRead()).json());
          AppEntry app = sql.find(old.id(), null).orElseThrow();
          record(caller, app, "updated", old.content(), app.content());
          changed(app);
          return app;
        });
  }

  /** Ends service at once; what is left is erased in the background. */
  public void delete(Caller caller, AppId id, IfMatch ifMatch, boolean cascade) {
    work.write(
        Reach.of(caller),
        () -> {
          AppEntry old = lock(caller, id, ifMatch);
          if (!cascade && sql.hasChildren(old.id())) {
            throw new RefusedException(
                Refusal.HAS_CHILDREN,
                "The app has keys in force, namespaces or webhooks: delete them,"
                    + " or pass cascade=true.");
          }
          sql.delete(old.id());
          record(caller, old, "deleted", old.content(), null);
          changed(old);
          return old;
        });
  }

  /** The app, locked until the end of the transaction: changes of what it holds go one by one. */
  public AppEntry lock(Caller caller, AppId id, IfMatch ifMatch) {
    AppEntry app = sql.lock(id.number(), scope(caller)).orElseThrow(Absent::refusal);
    ifMatch.check(app.version());
    return app;
  }

  /** Changes something that the app holds: it is locked meanwhile, and every node is told. */
  public <T> T change(Caller caller, AppId id, Function<AppEntry, T> change) {
    return work.write(
        Reach.of(caller),
        () -> {
          AppEntry app = lock(caller, id, IfMatch.ANY);
          T changed = change.apply(app);
          changed(app);
          return changed;
        });
  }

  /** Tells every node. */
  void changed(AppEntry app) {
    commands.tell(new Command.AppChanged(app.tenant(), app.appId()));
  }

  void rulesChanged(AppEntry app) {
    commands.tell(new Command.RulesChanged(app.tenant(), app.appId()));
  }

  private long insert(TenantId tenant, String name, String settings) {
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      long id = random.nextLong(MIN_ID, MAX_ID + 1);
      if (sql.insert(id, tenant.value(), name, settings) == 1) {
        return id;
      }
    }
    throw new IllegalStateException("no free app id was drawn");
  }

  private void record(
      Caller caller,
      AppEntry app,
      String verb,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after) {
    Target target = new Target("app", app.appId().value());
    audit.append(caller, app.tenant(), "app." + verb, target, before, after);
  }

  private static @Nullable UUID scope(Caller caller) {
    return caller.scope() == null ? null : caller.scope().value();
  }

  /**
   * The tenant's id, or one that nobody has when it is not the caller's: the same query follows.
   */
  static UUID visible(Caller caller, TenantId tenant) {
    boolean own = caller.scope() == null || caller.scope().equals(tenant);
    return own ? tenant.value() : new UUID(0, 0);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<AppEntry, Long> {
    String COLUMNS =
        " id, tenant_id, ordinal, name, CAST(settings AS text) AS settings, version, created_at,"
            + " updated_at ";
    String VISIBLE =
        " deleted_at IS NULL AND (CAST(:scope AS uuid) IS NULL"
            + " OR tenant_id = CAST(:scope AS uuid)) ";

    @Query(
        """
        INSERT INTO apps (id, tenant_id, name, settings)
        VALUES (:id, :tenantId, :name, CAST(:settings AS jsonb)) ON CONFLICT (id) DO NOTHING
        """)
    long insert(long id, UUID tenantId, String name, String settings);

    @Query("SELECT" + COLUMNS + "FROM apps WHERE id = :id AND" + VISIBLE)
    Optional<AppEntry> find(long id, @Nullable UUID scope);

    @Query("SELECT" + COLUMNS + "FROM apps WHERE id = :id AND" + VISIBLE + "FOR UPDATE")
    Optional<AppEntry> lock(long id, @Nullable UUID scope);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM apps WHERE tenant_id = :tenantId AND deleted_at IS NULL"
            + " AND ordinal > :afterOrdinal ORDER BY ordinal LIMIT :limit")
    List<AppEntry> list(UUID tenantId, long afterOrdinal, int limit);

    @Query(
        """
        UPDATE apps SET name = :name, settings = CAST(:settings AS jsonb), version = version + 1,
          updated_at = now() WHERE id = :id
        """)
    long update(long id, String name, String settings);

    @Query(
        """
        SELECT EXISTS (SELECT 1 FROM keys WHERE app_id = :id AND revoked_at IS NULL)
          OR EXISTS (SELECT 1 FROM namespaces WHERE app_id = :id)
          OR EXISTS (SELECT 1 FROM webhooks WHERE app_id = :id AND deleted_at IS NULL)
        """)
    boolean hasChildren(long id);

    @Query("UPDATE apps SET deleted_at = now() WHERE id = :id")
    long delete(long id);
  }
}
