package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppErasure;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases in the background what was deleted a while ago, answers older than a day, and rules that
 * no live channel follows any more. The record of changes stays.
 */
@Singleton
public class JdbcErasure {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcErasure.class);

  /** Apps erased in one round. */
  private static final int ROUND = 20;

  private final JdbcWork work;
  private final List<AppErasure> parts;
  private final Sql sql;

  JdbcErasure(JdbcWork work, List<AppErasure> parts, Sql sql) {
    this.work = work;
    this.parts = parts;
    this.sql = sql;
  }

  /** One round; does no harm at any time, on any number of nodes. */
  @Scheduled(fixedDelay = "60s", initialDelay = "60s")
  public void run() {
    try {
      work.write(Reach.EVERYTHING, sql::forgetAnswers);
      work.write(Reach.EVERYTHING, sql::forgetRules);
      work.read(Reach.EVERYTHING, () -> sql.deletedApps(ROUND)).forEach(this::erase);
      work.write(Reach.EVERYTHING, sql::eraseTenants);
    } catch (RefusedException e) {
      LOG.warn("Erasure waits for the database: {}", e.detail());
    }
  }

  private void erase(AppEntry app) {
    try {
      parts.forEach(part -> part.erase(app.tenant(), app.appId()));
      work.write(
          Reach.EVERYTHING,
          () ->
              sql.eraseKeys(app.id())
                  + sql.eraseNamespaces(app.id())
                  + sql.eraseRules(app.id())
                  + sql.eraseApp(app.id()));
      LOG.info("Erased app {}", app.id());
    } catch (RuntimeException e) {
      LOG.error("App {} is not erased yet", app.id(), e);
    }
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<AppEntry, Long> {
    @Query("DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'")
    long forgetAnswers();

    @Query("DELETE FROM namespace_changes WHERE effective_at < now() - interval '1 hour'")
    long forgetRules();

    @Query(
        "SELECT"
            + JdbcApps.Sql.COLUMNS
            + "FROM apps WHERE deleted_at < now() - interval '1 minute'"
            + " ORDER BY deleted_at LIMIT :limit")
    List<AppEntry> deletedApps(int limit);

    @Query("DELETE FROM keys WHERE app_id = :id")
    long eraseKeys(long id);

    @Query("DELETE FROM namespaces WHERE app_id = :id")
    long eraseNamespaces(long id);

    @Query("DELETE FROM namespace_changes WHERE app_id = :id")
    long eraseRules(long id);

    @Query("DELETE FROM apps WHERE id = :id")
    long eraseApp(long id);

    @Query(
        """
        DELETE FROM tenants t WHERE t.deleted_at < now() - interval '1 minute'
          AND NOT EXISTS (SELECT 1 FROM apps a WHERE a.tenant_id = t.id)
          AND NOT EXISTS (SELECT 1 FROM control_tokens c WHERE c.tenant_id = t.id)
          AND NOT EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = t.id)
        """)
    long eraseTenants();
  }
}
