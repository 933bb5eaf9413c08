package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.KeyUse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down once a minute which keys were used in it. */
@Singleton
class JdbcKeyUse implements KeyUse {
  /** More keys than this in one minute: the rest is noted in a later one. */
  private static final int MAX_NOTED = 20_000;

  private final JdbcWork work;
  private final Sql sql;
  private final Set<KeyName> noted = ConcurrentHashMap.newKeySet();

  JdbcKeyUse(JdbcWork work, Sql sql) {
    this.work = work;
    this.sql = sql;
  }

  @Override
  public void used(KeyName key) {
    if (!noted.contains(key) && noted.size() < MAX_NOTED) {
      noted.add(key);
    }
  }

  /** A method of its own: the framework never runs a task that it also calls when it ends. */
  @PreDestroy
  void writeDownTheRest() {
    writeDown();
  }

  @Scheduled(fixedDelay = "60s", initialDelay = "60s")
  void writeDown() {
    for (KeyName key : noted) {
      noted.remove(key);
      try {
        work.write(Reach.EVERYTHING, () -> sql.used(key.app().number(), key.keyId()));
      } catch (RefusedException e) {
        return; // the database is away; the next use is noted again
      }
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<KeyEntry, String> {
    @Query(
        """
        UPDATE keys SET last_used_at = date_trunc('minute', now())
        WHERE app_id = :appId AND key_id = :keyId
        """)
    long used(long appId, String keyId);
  }
}
