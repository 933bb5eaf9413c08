package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what.
 *
 * @param before JSON of what it was, null for something new
 * @param after JSON of what it is, null for something deleted
 * @param chainPosition from 1, without a hole, among the tenant's events
 * @param hash SHA-256 of the previous hash and every other field: {@link JdbcAuditChain}
 */
@MappedEntity("audit_events")
@SuppressWarnings("ArrayRecordComponent") // rows are not compared
public record AuditEvent(
    @Id UUID id,
    long ordinal,
    UUID tenantId,
    Instant at,
    String actorKind,
    @Nullable String actorId,
    @Nullable String actorName,
    String action,
    String targetKind,
    String targetId,
    @Nullable String before,
    @Nullable String after,
    @Nullable String requestId,
    long chainPosition,
    byte[] previousHash,
    byte[] hash) {}
