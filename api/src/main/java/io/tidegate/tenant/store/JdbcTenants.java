package io.tidegate.tenant.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants. */
@Singleton
public class JdbcTenants {
  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcCommands commands;
  private final Sql sql;

  JdbcTenants(JdbcWork work, JdbcAudit audit, JdbcCommands commands, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.commands = commands;
    this.sql = sql;
  }

  public Tenant create(Caller caller, String name, Limits limits) {
    return work.write(
        Reach.of(caller),
        () -> {
          UUID id = UuidCreator.getTimeOrderedEpoch();
          sql.insert(id, name, StrictJson.write(limits.toJson()));
          Tenant tenant = sql.find(id, null).orElseThrow();
          record(caller, tenant, "created", null, tenant.content());
          return tenant;
        });
  }

  /** All tenants there are for the caller, in order of creation. */
  public Page<Tenant> list(Caller caller, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller), () -> Page.of(sql.list(scope(caller), afterOrdinal, limit + 1), limit));
  }

  public Tenant read(Caller caller, TenantId id) {
    return work.read(Reach.of(caller), () -> sql.find(id.value(), scope(caller)))
        .orElseThrow(Absent::refusal);
  }

  /**
   * @param name null leaves it as it is
   * @param limits those to change; null values lift a limit
   */
  public Tenant update(
      Caller caller,
      TenantId id,
      IfMatch ifMatch,
      @Nullable String name,
      Map<Limit, @Nullable Long> limits) {
    if (!limits.isEmpty()) {
      caller.require(Role.OPERATOR, "A change of limits");
    }
    return work.write(
        Reach.of(caller),
        () -> {
          Tenant old = lock(caller, id, ifMatch);
          Limits changed = old.limitsRead().with(limits);
          sql.update(
              id.value(), name == null ? old.name() : name, StrictJson.write(changed.toJson()));
          Tenant tenant = sql.find(id.value(), null).orElseThrow();
          record(caller, tenant, "updated", old.content(), tenant.content());
          if (!limits.isEmpty()) {
            commands.tell(new Command.LimitsChanged(id));
          }
          return tenant;
        });
  }

  /** Ends service at once; what is left is erased in the background. */
  public void delete(Caller caller, TenantId id, IfMatch ifMatch, boolean cascade) {
    work.write(
        Reach.of(caller),
        () -> {
          Tenant old = lock(caller, id, ifMatch);
          List<Long> apps = sql.apps(id.value());
          if (!apps.isEmpty() && !cascade) {
            throw new RefusedException(
                Refusal.HAS_CHILDREN, "The tenant has apps: delete them, or pass cascade=true.");
          }
          sql.deleteApps(id.value());
          sql.deleteControlTokens(id.value());
          sql.deleteMembers(id.value());
          sql.delete(id.value());
          record(caller, old, "deleted", old.content(), null);
          for (long app : apps) {
            commands.tell(new Command.AppChanged(id, new AppId(Long.toString(app))));
          }
          return old;
        });
  }

  /** The tenant, kept from being deleted until the end of the transaction. */
  public Tenant hold(Caller caller, TenantId id) {
    return sql.share(id.value(), scope(caller)).orElseThrow(Absent::refusal);
  }

  private Tenant lock(Caller caller, TenantId id, IfMatch ifMatch) {
    Tenant tenant = sql.lock(id.value(), scope(caller)).orElseThrow(Absent::refusal);
    ifMatch.check(tenant.version());
    return tenant;
  }

  private void record(
      Caller caller,
      Tenant tenant,
      String verb,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after) {
    Target target = new Target("tenant", tenant.id().toString());
    audit.append(caller, tenant.tenantId(), "tenant." + verb, target, before, after);
  }

  private static @Nullable UUID scope(Caller caller) {
    return caller.scope() == null ? null : caller.scope().value();
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Tenant, UUID> {
    String COLUMNS =
        " id, ordinal, name, CAST(limits AS text) AS limits, version, created_at, updated_at ";
    String VISIBLE =
        " deleted_at IS NULL AND (CAST(:scope AS uuid) IS NULL OR id = CAST(:scope AS uuid)) ";

    @Query("INSERT INTO tenants (id, name, limits) VALUES (:id, :name, CAST(:limits AS jsonb))")
    long insert(UUID id, String name, String limits);

    @Query("SELECT" + COLUMNS + "FROM tenants WHERE id = :id AND" + VISIBLE)
    Optional<Tenant> find(UUID id, @Nullable UUID scope);

    @Query("SELECT" + COLUMNS + "FROM tenants WHERE id = :id AND" + VISIBLE + "FOR UPDATE")
    Optional<Tenant> lock(UUID id, @Nullable UUID scope);

    @Query("SELECT" + COLUMNS + "FROM tenants WHERE id = :id AND" + VISIBLE + "FOR SHARE")
    Optional<Tenant> share(UUID id, @Nullable UUID scope);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM tenants WHERE ordinal > :afterOrdinal AND"
            + VISIBLE
            + "ORDER BY ordinal LIMIT :limit")
    List<Tenant> list(@Nullable UUID scope, long afterOrdinal, int limit);

    @Query(
        """
        UPDATE tenants SET name = :name, limits = CAST(:limits AS jsonb), version = version + 1,
          updated_at = now() WHERE id = :id
        """)
    long update(UUID id, String name, String limits);

    @Query("SELECT id FROM apps WHERE tenant_id = :id AND deleted_at IS NULL FOR UPDATE")
    List<Long> apps(UUID id);

    @Query("UPDATE apps SET deleted_at = now() WHERE tenant_id = :id AND deleted_at IS NULL")
    long deleteApps(UUID id);

    @Query("DELETE FROM control_tokens WHERE tenant_id = :id")
    long deleteControlTokens(UUID id);

    @Query("DELETE FROM members WHERE tenant_id = :id")
    long deleteMembers(UUID id);

    @Query("UPDATE tenants SET deleted_at = now() WHERE id = :id")
    long delete(UUID id);
  }
}
