package io.tidegate.tenant.store;

import static java.util.Objects.requireNonNull;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Namespace;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.StoredJson;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces. A change that may change the durability of some channel keeps the app's rules as they
 * were, with the time until which live channels follow them.
 */
@Singleton
public class JdbcNamespaces {
  /** Every subscribe and publish walks an app's namespaces. */
  private static final int MAX_NAMESPACES = 200;

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcApps apps;
  private final Sql sql;

  JdbcNamespaces(JdbcWork work, JdbcAudit audit, JdbcApps apps, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.apps = apps;
    this.sql = sql;
  }

  /** An app's namespaces in order of name. */
  public Page<NamespaceEntry> list(Caller caller, AppId appId, int limit, String afterName) {
    return work.read(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.read(caller, appId);
          return Page.of(sql.list(app.id(), afterName, limit + 1), limit);
        });
  }

  public NamespaceEntry read(Caller caller, AppId appId, String name) {
    return work.read(
        Reach.of(caller),
        () -> sql.find(apps.read(caller, appId).id(), name).orElseThrow(Absent::refusal));
  }

  /** Creates or replaces the namespace of that name. */
  public Put put(Caller caller, AppId appId, IfMatch ifMatch, Namespace rules) {
    return write(caller, appId, old -> checkVersion(ifMatch, old), rules);
  }

  /**
   * Creates the namespace of that name.
   *
   * @throws RefusedException {@link Refusal#PRECONDITION_FAILED} when there is one
   */
  public Put create(Caller caller, AppId appId, Namespace rules) {
    return write(caller, appId, JdbcNamespaces::checkAbsent, rules);
  }

  /**
   * @param check looks at the one that is there, if any, while nobody can change it
   */
  private Put write(
      Caller caller, AppId appId, Consumer<@Nullable NamespaceEntry> check, Namespace rules) {
    return work.write(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.lock(caller, appId, IfMatch.ANY);
          List<NamespaceEntry> before = sql.list(app.id(), "", Integer.MAX_VALUE);
          NamespaceEntry old = named(before, rules.name());
          check.accept(old);
          String json = StrictJson.write(StoredJson.ofNamespace(rules));
          if (old == null) {
            ensureRoom(before);
            sql.insert(app.tenantId(), app.id(), rules.name(), json);
          } else {
            sql.update(app.id(), rules.name(), json);
          }
          if (mayChangeDurability(old, rules)) {
            supersede(app, before);
            sql.delay(app.id(), rules.name());
          }
          NamespaceEntry entry = sql.find(app.id(), rules.name()).orElseThrow();
          record(caller, app, old, entry);
          apps.rulesChanged(app);
          return new Put(entry, old == null);
        });
  }

  /** Its channels fall to the next namespace that matches. */
  public void delete(Caller caller, AppId appId, String name, IfMatch ifMatch) {
    work.write(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.lock(caller, appId, IfMatch.ANY);
          List<NamespaceEntry> before = sql.list(app.id(), "", Integer.MAX_VALUE);
          NamespaceEntry old = named(before, name);
          if (old == null) {
            throw Absent.refusal();
          }
          ifMatch.check(old.version());
          sql.delete(app.id(), name);
          supersede(app, before);
          record(caller, app, old, null);
          apps.rulesChanged(app);
          return old;
        });
  }

  /** Another pattern, too, moves channels from one durability to another. */
  private static boolean mayChangeDurability(@Nullable NamespaceEntry old, Namespace rules) {
    return old == null
        || old.namespace().durability() != rules.durability()
        || !old.namespace().pattern().equals(rules.pattern());
  }

  private void supersede(AppEntry app, List<NamespaceEntry> before) {
    List<Map<String, Object>> snapshot = new ArrayList<>();
    for (NamespaceEntry entry : before) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", entry.name());
      json.putAll(entry.content());
      snapshot.add(json);
    }
    sql.supersede(app.tenantId(), app.id(), StrictJson.write(snapshot));
  }

  private static void checkVersion(IfMatch ifMatch, @Nullable NamespaceEntry old) {
    if (old != null) {
      ifMatch.check(old.version());
    } else if (!ifMatch.equals(IfMatch.ANY)) {
      throw new RefusedException(
          Refusal.PRECONDITION_FAILED, "There is no such namespace, but If-Match asks for one.");
    }
  }

  private static void checkAbsent(@Nullable NamespaceEntry old) {
    if (old != null) {
      throw new RefusedException(
          Refusal.PRECONDITION_FAILED,
          "There is such a namespace, but If-None-Match asks for there to be none.");
    }
  }

  private static void ensureRoom(List<NamespaceEntry> before) {
    if (before.size() >= MAX_NAMESPACES) {
      throw new RefusedException(
          Refusal.CONFLICT, "An app has at most " + MAX_NAMESPACES + " namespaces.");
    }
  }

  private static @Nullable NamespaceEntry named(List<NamespaceEntry> entries, String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst().orElse(null);
  }

  private void record(
      Caller caller, AppEntry app, @Nullable NamespaceEntry old, @Nullable NamespaceEntry entry) {
    NamespaceEntry any = old == null ? requireNonNull(entry) : old;
    String verb = old == null ? "created" : entry == null ? "deleted" : "updated";
    audit.append(
        caller,
        app.tenant(),
        "namespace." + verb,
        new Target("namespace", app.appId() + "/" + any.name()),
        old == null ? null : old.content(),
        entry == null ? null : entry.content());
  }

  /** What a put came to. */
  public record Put(NamespaceEntry entry, boolean created) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<NamespaceEntry, String> {
    String COLUMNS =
        " name, CAST(rules AS text) AS rules, version, created_at, updated_at,"
            + " CASE WHEN effective_at > clock_timestamp() THEN effective_at END AS effective_at ";

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM namespaces WHERE app_id = :appId AND name COLLATE \"C\" > :afterName"
            + " ORDER BY name COLLATE \"C\" LIMIT :limit")
    List<NamespaceEntry> list(long appId, String afterName, int limit);

    @Query("SELECT" + COLUMNS + "FROM namespaces WHERE app_id = :appId AND name = :name")
    Optional<NamespaceEntry> find(long appId, String name);

    @Query(
        """
        INSERT INTO namespaces (tenant_id, app_id, name, rules)
        VALUES (:tenantId, :appId, :name, CAST(:rules AS jsonb))
        """)
    long insert(UUID tenantId, long appId, String name, String rules);

    @Query(
        """
        UPDATE namespaces SET rules = CAST(:rules AS jsonb), version = version + 1,
          updated_at = now() WHERE app_id = :appId AND name = :name
        """)
    long update(long appId, String name, String rules);

    @Query("DELETE FROM namespaces WHERE app_id = :appId AND name = :name")
    long delete(long appId, String name);

    @Query(
        """
        INSERT INTO namespace_changes (tenant_id, app_id, rules_before, effective_at)
        VALUES (:tenantId, :appId, CAST(:rulesBefore AS jsonb),
          clock_timestamp() + interval '10 seconds')
        """)
    long supersede(UUID tenantId, long appId, String rulesBefore);

    @Query(
        """
        UPDATE namespaces SET effective_at =
          (SELECT max(effective_at) FROM namespace_changes WHERE app_id = :appId)
        WHERE app_id = :appId AND name = :name
        """)
    long delay(long appId, String name);
  }
}
