package io.tidegate.tenant.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Control tokens. */
@Singleton
public class JdbcControlTokens {
  public static final String PREFIX = "tgc_";

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcTenants tenants;
  private final Sql sql;

  JdbcControlTokens(JdbcWork work, JdbcAudit audit, JdbcTenants tenants, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.tenants = tenants;
    this.sql = sql;
  }

  public Created create(
      Caller caller, TenantId tenant, String name, Role role, @Nullable Instant expiresAt) {
    caller.require(role, "A token with that role");
    return work.write(
        Reach.of(caller),
        () -> {
          tenants.hold(caller, tenant);
          UUID id = UuidCreator.getTimeOrderedEpoch();
          String text = SecretText.draw(PREFIX);
          sql.insert(id, tenant.value(), name, role.wireName(), SecretText.hash(text), expiresAt);
          ControlToken token = sql.find(tenant.value(), id).orElseThrow();
          record(caller, token, "created", null, token.content());
          return new Created(token, text);
        });
  }

  /** A tenant's control tokens in order of creation. */
  public Page<ControlToken> list(Caller caller, TenantId tenant, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          tenants.read(caller, tenant);
          return Page.of(sql.list(tenant.value(), afterOrdinal, limit + 1), limit);
        });
  }

  /** It is refused from now on. */
  public void delete(Caller caller, TenantId tenant, UUID id) {
    work.write(
        Reach.of(caller),
        () -> {
          tenants.hold(caller, tenant);
          ControlToken old = sql.find(tenant.value(), id).orElseThrow(Absent::refusal);
          caller.require(old.roleRead(), "The end of a token with that role");
          sql.delete(tenant.value(), id);
          record(caller, old, "deleted", old.content(), null);
          return old;
        });
  }

  /** The token with this text, when it is in force by the database's clock. */
  public Optional<ControlToken> authenticate(String text) {
    if (!SecretText.isShaped(PREFIX, text)) {
      return Optional.empty();
    }
    Optional<ControlToken> token =
        work.read(Reach.EVERYTHING, () -> sql.findInForce(SecretText.hash(text)));
    token
        .filter(JdbcControlTokens::isUseStale)
        .ifPresent(t -> work.write(Reach.of(t.tenant()), () -> sql.used(t.id())));
    return token;
  }

  /** Whether a token that was good before still is. */
  public boolean isInForce(TenantId tenant, UUID id) {
    return work.read(
        Reach.of(tenant),
        () ->
            sql.find(tenant.value(), id)
                .filter(t -> t.expiresAt() == null || t.expiresAt().isAfter(Instant.now()))
                .isPresent());
  }

  /** {@code lastUsedAt} is kept to the minute, so most uses cost no write. */
  private static boolean isUseStale(ControlToken token) {
    Instant last = token.lastUsedAt();
    return last == null || last.isBefore(Instant.now().minusSeconds(60));
  }

  private void record(
      Caller caller,
      ControlToken token,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("controlToken", token.id().toString());
    audit.append(caller, token.tenant(), "controlToken." + verb, target, before, after);
  }

  /** A new token and its text, which nothing shows again. */
  public record Created(ControlToken token, String text) {
    @Override
    public String toString() {
      return "Created[" + token.id() + "]";
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<ControlToken, UUID> {
    String COLUMNS = " id, tenant_id, ordinal, name, role, created_at, expires_at, last_used_at ";

    @Query(
        """
        INSERT INTO control_tokens (id, tenant_id, name, role, token_hash, expires_at)
        VALUES (:id, :tenantId, :name, :role, :hash, :expiresAt)
        """)
    long insert(
        UUID id, UUID tenantId, String name, String role, byte[] hash, @Nullable Instant expiresAt);

    @Query("SELECT" + COLUMNS + "FROM control_tokens WHERE tenant_id = :tenantId AND id = :id")
    Optional<ControlToken> find(UUID tenantId, UUID id);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM control_tokens WHERE tenant_id = :tenantId AND ordinal > :afterOrdinal"
            + " ORDER BY ordinal LIMIT :limit")
    List<ControlToken> list(UUID tenantId, long afterOrdinal, int limit);

    @Query(
        "SELECT"
            + COLUMNS
            + "FROM control_tokens WHERE token_hash = :hash"
            + " AND (expires_at IS NULL OR expires_at > now())")
    Optional<ControlToken> findInForce(byte[] hash);

    @Query("UPDATE control_tokens SET last_used_at = date_trunc('minute', now()) WHERE id = :id")
    long used(UUID id);

    @Query("DELETE FROM control_tokens WHERE tenant_id = :tenantId AND id = :id")
    long delete(UUID tenantId, UUID id);
  }
}
