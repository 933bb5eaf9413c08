package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.SecretText;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One answer per Idempotency-Key. The answer is kept in the transaction of the change, under a lock
 * held until its end: after a crash there are both or neither, and a second request meanwhile is
 * told to come back. A refusal changes nothing and is not kept.
 */
@Singleton
public class JdbcIdempotency {
  private static final long RETRY_MILLIS = 1_000;

  private final JdbcWork work;
  private final Envelope envelope;
  private final Sql sql;

  JdbcIdempotency(JdbcWork work, Envelope envelope, Sql sql) {
    this.work = work;
    this.envelope = envelope;
    this.sql = sql;
  }

  /**
   * Runs the change, or returns the answer it gave within the last 24 h.
   *
   * @param scope whose key it is and for which route
   * @param request what must be the same for it to be the same request
   */
  public byte[] once(
      Caller caller, String scope, String key, byte[] request, Supplier<byte[]> change) {
    byte[] id = SecretText.hash(scope + "\n" + key);
    byte[] requestHash = SecretText.hash(HexFormat.of().formatHex(request));
    String label = label(id);
    return work.write(
        Reach.of(caller),
        () -> {
          if (!sql.tryLock(ByteBuffer.wrap(id).getLong())) {
            throw RefusedException.retryAfter(
                Refusal.IDEMPOTENCY_IN_PROGRESS,
                "The first request with this Idempotency-Key has not been answered yet.",
                RETRY_MILLIS);
          }
          Optional<Row> kept = sql.find(id);
          if (kept.isEmpty()) {
            byte[] answer = change.get();
            sql.keep(id, requestHash, envelope.seal(label, answer));
            return answer;
          }
          if (!MessageDigest.isEqual(kept.get().requestHash(), requestHash)) {
            throw new RefusedException(
                Refusal.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for another request.");
          }
          return envelope.open(label, kept.get().answerSealed());
        });
  }

  static String label(byte[] id) {
    return "answer " + HexFormat.of().formatHex(id);
  }

  /** An answer that was kept. */
  @MappedEntity("idempotency_keys")
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record Row(@Id byte[] id, byte[] requestHash, byte[] answerSealed) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Row, byte[]> {
    @Query("SELECT pg_try_advisory_xact_lock(:number)")
    boolean tryLock(long number);

    @Query(
        """
        SELECT id, request_hash, answer_sealed FROM idempotency_keys
        WHERE id = :id AND created_at > now() - interval '24 hours'
        """)
    Optional<Row> find(byte[] id);

    @Query(
        """
        INSERT INTO idempotency_keys (id, request_hash, answer_sealed)
        VALUES (:id, :requestHash, :answerSealed)
        ON CONFLICT (id) DO UPDATE SET request_hash = excluded.request_hash,
          answer_sealed = excluded.answer_sealed, created_at = now()
        """)
    long keep(byte[] id, byte[] requestHash, byte[] answerSealed);
  }
}
