package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.store.JdbcAudit;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes warnings into the tenant's record, as {@code limit.warning}. */
public final class AuditedWarnings implements LimitListener {
  private static final String ACTION = "limit.warning";
  private static final Logger LOG = LoggerFactory.getLogger(AuditedWarnings.class);

  private final JdbcAudit audit;
  private final Executor blocking;

  /**
   * @param blocking virtual threads
   */
  public AuditedWarnings(JdbcAudit audit, Executor blocking) {
    this.audit = audit;
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
      audit.append(Caller.SYSTEM, tenant, ACTION, target, null, after);
    } catch (RuntimeException e) {
      LOG.warn("{} of tenant {} could not be recorded", ACTION, tenant, e);
    }
  }
}
