package io.tidegate.auth;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.auth.Revocation.Kind;
import io.tidegate.auth.Revocation.Target;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcCommands;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Revocations in PostgreSQL, each with an audit event in the same transaction. */
@Singleton
class JdbcRevocationStore implements RevocationStore {
  /** Two requests that revoke the same targets lock their rows in the same order. */
  private static final Comparator<Revocation> LOCK_ORDER =
      Comparator.<Revocation, Kind>comparing(revocation -> revocation.target().kind())
          .thenComparing(revocation -> revocation.target().value());

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcCommands commands;
  private final Sql sql;

  JdbcRevocationStore(JdbcWork work, JdbcAudit audit, JdbcCommands commands, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.commands = commands;
    this.sql = sql;
  }

  @Override
  public void add(Caller by, TenantId tenant, AppId app, List<Revocation> revocations) {
    List<Revocation> ordered = revocations.stream().sorted(LOCK_ORDER).toList();
    work.write(
        Reach.of(tenant),
        () -> {
          ordered.forEach(revocation -> widen(tenant, app, revocation));
          // Only then: an audit event locks its tenant's chain.
          ordered.forEach(revocation -> record(by, tenant, app, revocation));
          commands.tellOthers(new Command.TokensRevoked(tenant, app));
          return ordered.size();
        });
  }

  private void widen(TenantId tenant, AppId app, Revocation revocation) {
    Target target = revocation.target();
    sql.widen(
        tenant.value(),
        app.number(),
        target.kind().wireName(),
        target.value(),
        revocation.issuedBeforeMillis(),
        revocation.expiresAt());
  }

  private void record(Caller by, TenantId tenant, AppId app, Revocation revocation) {
    Target target = revocation.target();
    Map<String, Object> after =
        target.kind() == Kind.TOKEN
            ? Map.of("appId", app.value())
            : Map.of("appId", app.value(), "issuedBefore", revocation.issuedBeforeMillis());
    String id = target.kind() == Kind.KEY ? app + "." + target.value() : target.value();
    JdbcAudit.Target named = new JdbcAudit.Target(target.kind().wireName(), id);
    audit.append(by, tenant, "token.revoked", named, null, after);
  }

  @Override
  public List<Revocation> load(AppId app, Instant now) {
    return work.read(Reach.EVERYTHING, () -> sql.load(app.number(), now)).stream()
        .map(Row::revocation)
        .toList();
  }

  @Override
  public int dropExpired(Instant now) {
    return (int) (long) work.write(Reach.EVERYTHING, () -> sql.dropExpired(now));
  }

  /** One revocation as it is read. */
  @MappedEntity("token_revocations")
  record Row(String kind, @Id String value, long issuedBefore, Instant expiresAt) {
    Revocation revocation() {
      return new Revocation(new Target(Kind.ofWireName(kind), value), issuedBefore, expiresAt);
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Row, String> {
    @Query(
        """
        INSERT INTO token_revocations AS known
          (tenant_id, app_id, kind, value, issued_before, expires_at)
        VALUES (:tenantId, :appId, :kind, :value, :issuedBefore, :expiresAt)
        ON CONFLICT (app_id, kind, value) DO UPDATE SET
          issued_before = greatest(known.issued_before, excluded.issued_before),
          expires_at = greatest(known.expires_at, excluded.expires_at)
        """)
    long widen(
        UUID tenantId, long appId, String kind, String value, long issuedBefore, Instant expiresAt);

    @Query(
        """
        SELECT kind, value, issued_before, expires_at FROM token_revocations
        WHERE app_id = :appId AND expires_at > :now
        """)
    List<Row> load(long appId, Instant now);

    @Query("DELETE FROM token_revocations WHERE expires_at <= :now")
    long dropExpired(Instant now);
  }
}
