package io.tidegate.tenant.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import io.tidegate.tenant.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The record of every change: only ever added to, in the transaction of the change itself. */
@Singleton
public class JdbcAudit {
  /** Whose chain holds what belongs to no tenant: sign-ins, accounts, operators. Nobody's id. */
  public static final TenantId INSTALLATION = new TenantId(new UUID(0, 0));

  private final JdbcWork work;
  private final Sql sql;
  private volatile @Nullable AuditListener listener;

  JdbcAudit(JdbcWork work, Sql sql) {
    this.work = work;
    this.sql = sql;
  }

  /**
   * Adds an event. Neither {@code before} nor {@code after} holds a secret.
   *
   * @param action {@code kind.verb}, such as {@code key.created}
   */
  public void append(
      Caller caller,
      TenantId tenant,
      String action,
      Target target,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    work.write(
        Reach.of(tenant),
        () -> {
          UUID id = UuidCreator.getTimeOrderedEpoch();
          long rows =
              sql.insert(
                  id,
                  tenant.value(),
                  caller.actor().kind().wireName(),
                  caller.actor().id(),
                  caller.actor().name(),
                  action,
                  target.kind(),
                  target.id(),
                  before == null ? null : StrictJson.write(before),
                  after == null ? null : StrictJson.write(after),
                  caller.requestId());
          AuditListener hears = listener;
          if (hears != null && hears.listens()) {
            AuditEvent written = sql.find(id).orElseThrow();
            work.afterCommit(() -> hears.onEvent(written));
          }
          return rows;
        });
  }

  /** Whoever hears of every event written here from now on; there is one. */
  public void listen(AuditListener toEvents) {
    listener = toEvents;
  }

  /** A tenant's events, the newest first, those older than {@code beforeOrdinal}. */
  public Page<AuditEvent> list(TenantId tenant, int limit, long beforeOrdinal) {
    return work.read(
        Reach.of(tenant), () -> Page.of(sql.list(tenant.value(), beforeOrdinal, limit + 1), limit));
  }

  /** What was changed. */
  public record Target(String kind, String id) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<AuditEvent, UUID> {
    @Query(
        """
        INSERT INTO audit_events (id, tenant_id, actor_kind, actor_id, actor_name, action,
          target_kind, target_id, before, after, request_id)
        VALUES (:id, :tenantId, :actorKind, :actorId, :actorName, :action,
          :targetKind, :targetId, CAST(:before AS jsonb), CAST(:after AS jsonb), :requestId)
        """)
    long insert(
        UUID id,
        UUID tenantId,
        String actorKind,
        @Nullable String actorId,
        @Nullable String actorName,
        String action,
        String targetKind,
        String targetId,
        @Nullable String before,
        @Nullable String after,
        @Nullable String requestId);

    @Query(
        """
        SELECT id, ordinal, tenant_id, at, actor_kind, actor_id, actor_name, action, target_kind,
          target_id, CAST(before AS text) AS before, CAST(after AS text) AS after, request_id,
          chain_position, previous_hash, hash
        FROM audit_events WHERE id = :id
        """)
    Optional<AuditEvent> find(UUID id);

    @Query(
        """
        SELECT id, ordinal, tenant_id, at, actor_kind, actor_id, actor_name, action, target_kind,
          target_id, CAST(before AS text) AS before, CAST(after AS text) AS after, request_id,
          chain_position, previous_hash, hash
        FROM audit_events WHERE tenant_id = :tenantId AND ordinal < :beforeOrdinal
        ORDER BY ordinal DESC LIMIT :limit
        """)
    List<AuditEvent> list(UUID tenantId, long beforeOrdinal, int limit);
  }
}
