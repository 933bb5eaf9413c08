package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes warnings into the tenant's record, as {@code limit.warning}; one node does, of several.
 */
public final class AuditedWarnings implements LimitListener {
  private static final String ACTION = "limit.warning";

  /** Less than the hour after which a node warns again. */
  private static final Duration ONCE = Duration.ofMinutes(59);

  private static final Logger LOG = LoggerFactory.getLogger(AuditedWarnings.class);

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final WarningSink sink;
  private final BiPredicate<String, Duration> claims;
  private final Executor blocking;

  /**
   * @param sink where it goes besides
   * @param claims true exactly once per name until the time is over, whichever node asks
   * @param blocking virtual threads
   */
  public AuditedWarnings(
      JdbcWork work,
      JdbcAudit audit,
      WarningSink sink,
      BiPredicate<String, Duration> claims,
      Executor blocking) {
    this.work = work;
    this.audit = audit;
    this.sink = sink;
    this.claims = claims;
    this.blocking = blocking;
  }

  @Override
  public void near(TenantId tenant, Limit limit, long used, long most) {
    blocking.execute(() -> write(tenant, limit, used, most));
  }

  private void write(TenantId tenant, Limit limit, long used, long most) {
    JdbcAudit.Target target = new JdbcAudit.Target("tenant", tenant.toString());
    Map<String, Object> after = Map.of("limit", limit.wireName(), "used", used, "most", most);
    try {
      Runnable also = sink.prepare(tenant, limit, used, most);
      if (!claims.test("warning:" + tenant + ":" + limit.wireName(), ONCE)) {
        return;
      }
      work.write(
          Reach.of(tenant),
          () -> {
            audit.append(Caller.SYSTEM, tenant, ACTION, target, null, after);
            also.run();
            return tenant;
          });
    } catch (RuntimeException e) {
      LOG.warn("{} of tenant {} could not be recorded", ACTION, tenant, e);
    }
  }
}
