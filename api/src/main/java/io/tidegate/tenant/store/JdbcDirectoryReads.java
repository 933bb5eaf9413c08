package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Rules;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import io.tidegate.tenant.App;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.AppRules.Superseded;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.Key;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.StoredJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the directory knows, read from PostgreSQL. */
@Singleton
class JdbcDirectoryReads {
  private final JdbcWork work;
  private final Envelope envelope;
  private final Apps apps;
  private final JdbcTenants.Sql tenants;
  private final Keys keys;
  private final Changes changes;
  private final JdbcNamespaces.Sql namespaces;

  JdbcDirectoryReads(
      JdbcWork work,
      Envelope envelope,
      Apps apps,
      JdbcTenants.Sql tenants,
      Keys keys,
      Changes changes,
      JdbcNamespaces.Sql namespaces) {
    this.work = work;
    this.envelope = envelope;
    this.apps = apps;
    this.tenants = tenants;
    this.keys = keys;
    this.changes = changes;
    this.namespaces = namespaces;
  }

  /** Whether PostgreSQL answers, if only that. */
  void ask() {
    work.read(Reach.EVERYTHING, () -> true);
  }

  Optional<App> app(AppId id) {
    return work.read(Reach.EVERYTHING, () -> apps.served(id.number()))
        .map(JdbcDirectoryReads::served);
  }

  private static App served(AppEntry app) {
    AppSettings settings = app.settingsRead();
    return new App(
        app.appId(),
        app.tenant(),
        app.name(),
        settings.allowedOrigins(),
        settings.messagePreviews());
  }

  Limits limits(TenantId id) {
    return work.read(Reach.of(id), () -> tenants.find(id.value(), null))
        .map(Tenant::limitsRead)
        .orElseThrow(Absent::refusal);
  }

  List<AppId> apps(TenantId id) {
    return work.read(
        Reach.of(id),
        () -> apps.of(id.value()).stream().map(app -> new AppId(Long.toString(app))).toList());
  }

  Optional<Key> key(KeyName name) {
    return work.read(Reach.EVERYTHING, () -> keys.served(name.app().number(), name.keyId()))
        .map(
            row ->
                new Key(
                    name,
                    new TenantId(row.tenantId()),
                    envelope.open(
                        JdbcKeys.label(name.app().number(), name.keyId()), row.secretSealed()),
                    StoredJson.capabilities(StrictJson.parseObject(row.capabilities())),
                    row.expiresAt(),
                    row.revokedAt()));
  }

  AppRules rules(AppId id) {
    return work.read(
        Reach.EVERYTHING,
        () -> {
          long nowNanos = System.nanoTime();
          List<Superseded> superseded = new ArrayList<>();
          for (Change change : changes.pending(id.number())) {
            superseded.add(
                new Superseded(
                    change.id(),
                    snapshot(change.rulesBefore()),
                    nowNanos + TimeUnit.MICROSECONDS.toNanos(change.remainingMicros())));
          }
          List<Namespace> current =
              namespaces.list(id.number(), "", Integer.MAX_VALUE).stream()
                  .map(NamespaceEntry::namespace)
                  .toList();
          return new AppRules(new Rules(current), superseded);
        });
  }

  List<AppId> unsettled() {
    return work.read(
        Reach.EVERYTHING,
        () -> changes.apps().stream().map(id -> new AppId(Long.toString(id))).toList());
  }

  void settle(AppId id, long change) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          changes.settle(id.number(), change);
          return id;
        });
  }

  @SuppressWarnings("unchecked")
  private static Rules snapshot(String rulesBefore) {
    List<Namespace> namespaces = new ArrayList<>();
    if (StrictJson.parse(rulesBefore) instanceof List<?> list) {
      for (Object item : list) {
        Map<String, Object> json = (Map<String, Object>) item;
        namespaces.add(StoredJson.namespace(String.valueOf(json.get("name")), json));
      }
    }
    return new Rules(namespaces);
  }

  /** A key with its secret sealed. */
  @MappedEntity("keys")
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record SealedKey(
      @Id String keyId,
      UUID tenantId,
      String capabilities,
      byte[] secretSealed,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /** Rules that live channels still follow. */
  @MappedEntity("namespace_changes")
  record Change(@Id long id, String rulesBefore, long remainingMicros) {}

  /** Apps that are served. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Apps extends GenericRepository<AppEntry, Long> {
    @Query(
        """
        SELECT a.id, a.tenant_id, a.ordinal, a.name, CAST(a.settings AS text) AS settings,
          a.version, a.created_at, a.updated_at
        FROM apps a JOIN tenants t ON t.id = a.tenant_id
        WHERE a.id = :id AND a.deleted_at IS NULL AND t.deleted_at IS NULL
        """)
    Optional<AppEntry> served(long id);

    @Query("SELECT id FROM apps WHERE tenant_id = :tenantId AND deleted_at IS NULL ORDER BY id")
    List<Long> of(UUID tenantId);
  }

  /** Keys of apps that are served. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Keys extends GenericRepository<SealedKey, String> {
    @Query(
        """
        SELECT k.key_id, k.tenant_id, CAST(k.capabilities AS text) AS capabilities,
          k.secret_sealed, k.expires_at, k.revoked_at
        FROM keys k
        JOIN apps a ON a.tenant_id = k.tenant_id AND a.id = k.app_id
        JOIN tenants t ON t.id = k.tenant_id
        WHERE k.app_id = :appId AND k.key_id = :keyId
          AND a.deleted_at IS NULL AND t.deleted_at IS NULL
        """)
    Optional<SealedKey> served(long appId, String keyId);
  }

  /** Changes of durability that not every live channel follows yet. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Changes extends GenericRepository<Change, Long> {
    @Query(
        """
        SELECT id, CAST(rules_before AS text) AS rules_before,
          CAST(extract(epoch FROM effective_at - clock_timestamp()) * 1000000 AS bigint)
            AS remaining_micros
        FROM namespace_changes
        WHERE app_id = :appId ORDER BY effective_at, id
        """)
    List<Change> pending(long appId);

    @Query("SELECT DISTINCT app_id FROM namespace_changes")
    List<Long> apps();

    @Query("DELETE FROM namespace_changes WHERE app_id = :appId AND id <= :change")
    void settle(long appId, long change);
  }
}
