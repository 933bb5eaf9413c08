package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.StoredJson;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys: the secret is drawn here, sealed here, and returned once. */
@Singleton
public class JdbcKeys {
  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcApps apps;
  private final Envelope envelope;
  private final Sql sql;

  JdbcKeys(JdbcWork work, JdbcAudit audit, JdbcApps apps, Envelope envelope, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.apps = apps;
    this.envelope = envelope;
    this.sql = sql;
  }

  /** The label under which a key's secret is sealed: another key's secret does not open for it. */
  static String label(long app, String keyId) {
    return "key " + app + "." + keyId;
  }

  public Created create(
      Caller caller,
      AppId appId,
      String name,
      Capabilities capabilities,
      @Nullable Instant expiresAt) {
    return apps.change(
        caller,
        appId,
        app -> {
          sql.countKey(app.id());
          int ordinal = sql.lastKey(app.id());
          String keyId = "k" + ordinal;
          String secret = SecretText.draw("");
          byte[] sealed =
              envelope.seal(label(app.id(), keyId), secret.getBytes(StandardCharsets.US_ASCII));
          sql.insert(
              app.tenantId(),
              app.id(),
              keyId,
              ordinal,
              name,
              json(capabilities),
              sealed,
              expiresAt);
          KeyEntry key = find(app, keyId);
          record(caller, app, key, "created", null, key.content());
          return new Created(key, secret);
        });
  }

  /** An app's keys in order of creation, revoked ones too. */
  public Page<KeyEntry> list(Caller caller, AppId appId, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.read(caller, appId);
          return Page.of(sql.list(app.id(), (int) afterOrdinal, limit + 1), limit);
        });
  }

  public KeyEntry read(Caller caller, AppId appId, String keyId) {
    return work.read(Reach.of(caller), () -> find(apps.read(caller, appId), keyId));
  }

  /** What is null stays as it is. */
  public KeyEntry update(
      Caller caller,
      AppId appId,
      String keyId,
      IfMatch ifMatch,
      @Nullable String name,
      @Nullable Capabilities capabilities,
      @Nullable Expiry expiry) {
    return apps.change(
        caller,
        appId,
        app -> {
          KeyEntry old = find(app, keyId);
          ifMatch.check(old.version());
          if (old.revokedAt() != null) {
            throw new RefusedException(Refusal.CONFLICT, "The key is revoked: make a new one.");
          }
          sql.update(
              app.id(),
              keyId,
              name == null ? old.name() : name,
              capabilities == null ? old.capabilities() : json(capabilities),
              expiry == null ? old.expiresAt() : expiry.at());
          KeyEntry key = find(app, keyId);
          record(caller, app, key, "updated", old.content(), key.content());
          return key;
        });
  }

  /** The key and its tokens are refused from now on; again changes nothing. */
  public void revoke(Caller caller, AppId appId, String keyId, IfMatch ifMatch) {
    work.write(
        Reach.of(caller),
        () -> {
          AppEntry app = apps.lock(caller, appId, IfMatch.ANY);
          KeyEntry old = find(app, keyId);
          ifMatch.check(old.version());
          if (old.revokedAt() == null) {
            sql.revoke(app.id(), keyId);
            KeyEntry key = find(app, keyId);
            record(caller, app, key, "revoked", old.content(), key.content());
            apps.changed(app);
          }
          return old;
        });
  }

  private KeyEntry find(AppEntry app, String keyId) {
    return sql.find(app.tenantId(), app.id(), keyId).orElseThrow(Absent::refusal);
  }

  private void record(
      Caller caller,
      AppEntry app,
      KeyEntry key,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("key", key.keyName().toString());
    audit.append(caller, app.tenant(), "key." + verb, target, before, after);
  }

  private static String json(Capabilities capabilities) {
    return StrictJson.write(StoredJson.ofCapabilities(capabilities));
  }

  /** A new key and its secret's text, which nothing shows again. */
  public record Created(KeyEntry key, String secret) {
    @Override
    public String toString() {
      return "Created[" + key.keyName() + "]";
    }
  }

  /**
   * An expiry to set.
   *
   * @param at null: never
   */
  public record Expiry(@Nullable Instant at) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<KeyEntry, String> {
    String COLUMNS =
        " key_id, tenant_id, app_id, ordinal, name, CAST(capabilities AS text) AS capabilities,"
            + " version, created_at, updated_at, expires_at, revoked_at, last_used_at ";

    @Query("UPDATE apps SET last_key = last_key + 1 WHERE id = :id")
    long countKey(long id);

    @Query("SELECT last_key FROM apps WHERE id = :id")
    int lastKey(long id);

    @Query(
        """
        INSERT INTO keys (tenant_id, app_id, key_id, ordinal, name, capabilities, secret_sealed,
          expires_at)
        VALUES (:tenantId, :appId, :keyId, :ordinal, :name, CAST(:capabilities AS jsonb), :sealed,
          :expiresAt)
        """)
    long insert(
        UUID tenantId,
        long appId,
        String keyId,
        int ordinal,
        String name,
        String capabilities,
        byte[] sealed,
        @Nullable Instant expiresAt);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM keys WHERE tenant_id = :tenantId AND app_id = :appId AND key_id = :keyId")
    Optional<KeyEntry> find(UUID tenantId, long appId, String keyId);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM keys WHERE app_id = :appId AND ordinal > :afterOrdinal"
            + " ORDER BY ordinal LIMIT :limit")
    List<KeyEntry> list(long appId, int afterOrdinal, int limit);

    @Query(
        """
        UPDATE keys SET name = :name, capabilities = CAST(:capabilities AS jsonb),
          expires_at = :expiresAt, version = version + 1, updated_at = now()
        WHERE app_id = :appId AND key_id = :keyId
        """)
    long update(
        long appId, String keyId, String name, String capabilities, @Nullable Instant expiresAt);

    @Query(
        """
        UPDATE keys SET revoked_at = now(), version = version + 1, updated_at = now()
        WHERE app_id = :appId AND key_id = :keyId
        """)
    long revoke(long appId, String keyId);
  }
}
