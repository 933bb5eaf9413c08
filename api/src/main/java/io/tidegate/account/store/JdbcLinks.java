package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.SessionRules;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** The links that a start prints: each signs in once, within its minutes. */
@Singleton
public class JdbcLinks {
  private static final String PREFIX = "tgl_";

  private final JdbcWork work;
  private final InstantSource clock;
  private final Sql sql;

  JdbcLinks(JdbcWork work, InstantSource clock, Sql sql) {
    this.work = work;
    this.clock = clock;
    this.sql = sql;
  }

  /** The text of a new one, which is kept nowhere. */
  public String make() {
    String text = SecretText.draw(PREFIX);
    Instant now = clock.instant();
    work.write(
        Reach.EVERYTHING,
        () -> sql.forget(now) + sql.insert(SecretText.hash(text), now.plus(SessionRules.LINK)));
    return text;
  }

  /** Whether it was good until now; never again. */
  public boolean use(String text) {
    Instant now = clock.instant();
    return SecretText.isShaped(PREFIX, text)
        && work.write(Reach.EVERYTHING, () -> sql.use(SecretText.hash(text), now)) == 1;
  }

  /** A link. */
  @MappedEntity("sign_in_links")
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record Row(@Id byte[] linkHash, Instant expiresAt) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Row, byte[]> {
    @Query("INSERT INTO sign_in_links (link_hash, expires_at) VALUES (:hash, :expiresAt)")
    long insert(byte[] hash, Instant expiresAt);

    @Query("DELETE FROM sign_in_links WHERE link_hash = :hash AND expires_at > :now")
    long use(byte[] hash, Instant now);

    @Query("DELETE FROM sign_in_links WHERE expires_at < :now")
    long forget(Instant now);
  }
}
