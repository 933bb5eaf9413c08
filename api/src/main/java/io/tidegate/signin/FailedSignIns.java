package io.tidegate.signin;

import io.tidegate.account.AccountId;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts failed sign-ins on the installation's record: some of each minute, lest a flood fills it;
 * the next one says how many were left out. What was typed is not kept: it may be a password.
 */
@Singleton
class FailedSignIns {
  /** Of one node. */
  static final int PER_MINUTE = 30;

  private static final long MINUTE_MILLIS = 60_000;

  private final JdbcAudit audit;
  private final InstantSource clock;

  /** Guarded by the monitor, as are the counts beside it. */
  private long minute;

  private int told;
  private long leftOut;

  FailedSignIns(JdbcAudit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param account whose e-mail it was; null: nobody's
   */
  void record(
      @Nullable AccountId account,
      RefusedException refused,
      String address,
      @Nullable String requestId) {
    long before = admit();
    if (before < 0) {
      return;
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("address", address);
    content.put("code", refused.refusal().code());
    if (before > 0) {
      content.put("leftOut", before);
    }
    Caller caller = new Caller(Caller.SYSTEM.actor(), Caller.SYSTEM.role(), null, requestId);
    Target target = new Target("account", account == null ? "" : account.toString());
    audit.append(caller, JdbcAudit.INSTALLATION, "session.refused", target, null, content);
  }

  /** How many were left out before this one; -1 when it is left out, too. */
  private synchronized long admit() {
    long now = clock.millis() / MINUTE_MILLIS;
    if (now != minute) {
      minute = now;
      told = 0;
    }
    if (told >= PER_MINUTE) {
      leftOut++;
      return -1;
    }
    told++;
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
