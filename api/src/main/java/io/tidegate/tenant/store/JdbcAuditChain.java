package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.channel.TenantId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks a tenant's chain of audit events: each hash is SHA-256 of the one before it and of the
 * event's fields, each written as {@code length in bytes ':' text}, or {@code -} for null. Computed
 * here and not by the database's function, which whoever changes rows could change too. A chain
 * rewritten from some event on to its end holds in itself: only a hash kept elsewhere shows that.
 */
@Singleton
public class JdbcAuditChain {
  private static final int PAGE = 500;
  private static final int HASH_BYTES = 32;

  private final JdbcWork work;
  private final Sql sql;

  JdbcAuditChain(JdbcWork work, Sql sql) {
    this.work = work;
    this.sql = sql;
  }

  /**
   * Where a chain is broken.
   *
   * @param position of the first event that does not follow from those before it
   */
  public record Break(long position, UUID event, String reason) {}

  /** The first break; empty when every event is as it was written and none in between is gone. */
  public Optional<Break> verify(TenantId tenant) {
    long position = 0;
    byte[] previous = new byte[HASH_BYTES];
    List<AuditEvent> page;
    do {
      long after = position;
      page = work.read(Reach.of(tenant), () -> sql.after(tenant.value(), after, PAGE));
      for (AuditEvent event : page) {
        position++;
        String fault = fault(event, position, previous);
        if (fault != null) {
          return Optional.of(new Break(event.chainPosition(), event.id(), fault));
        }
        previous = event.hash();
      }
    } while (page.size() == PAGE);
    return Optional.empty();
  }

  private static @Nullable String fault(AuditEvent event, long position, byte[] previous) {
    if (event.chainPosition() != position) {
      return "an event is missing before it";
    }
    if (!MessageDigest.isEqual(event.previousHash(), previous)) {
      return "it does not follow the event before it";
    }
    return MessageDigest.isEqual(event.hash(), hash(event)) ? null : "its content was changed";
  }

  static byte[] hash(AuditEvent event) {
    StringBuilder text = new StringBuilder();
    add(text, Long.toString(event.chainPosition()));
    add(text, event.id().toString());
    add(text, Long.toString(event.ordinal()));
    add(text, event.tenantId().toString());
    add(text, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, event.at())));
    add(text, event.actorKind());
    add(text, event.actorId());
    add(text, event.actorName());
    add(text, event.action());
    add(text, event.targetKind());
    add(text, event.targetId());
    add(text, event.before());
    add(text, event.after());
    add(text, event.requestId());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(event.previousHash());
      return sha.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(StringBuilder text, @Nullable String part) {
    if (part == null) {
      text.append('-');
    } else {
      text.append(part.getBytes(StandardCharsets.UTF_8).length).append(':').append(part);
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<AuditEvent, UUID> {
    @Query(
        """
        SELECT id, ordinal, tenant_id, at, actor_kind, actor_id, actor_name, action, target_kind,
          target_id, CAST(before AS text) AS before, CAST(after AS text) AS after, request_id,
          chain_position, previous_hash, hash
        FROM audit_events WHERE tenant_id = :tenantId AND chain_position > :position
        ORDER BY chain_position LIMIT :limit
        """)
    List<AuditEvent> after(UUID tenantId, long position, int limit);
  }
}
