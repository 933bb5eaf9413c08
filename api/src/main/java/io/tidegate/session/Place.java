package io.tidegate.session;

import io.tidegate.limit.TenantQuota;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A session's place among the connections its tenant may have. A session that goes on with an older
 * one takes that one's, so a client that comes back finds room, and no place is counted twice, but
 * for the moment in which the older one is still on another node. Any thread.
 */
final class Place {
  /** Whose it is; null while there is none, and again when it was left or handed over. */
  private final AtomicReference<@Nullable TenantQuota> of = new AtomicReference<>();

  /**
   * @param older what it goes on with, or null
   * @param movesIn what it goes on with is on another node, which leaves its place to this one
   * @throws io.tidegate.problem.RefusedException CONNECTION_LIMIT_REACHED
   */
  void take(TenantQuota tenant, @Nullable Place older, boolean movesIn) {
    TenantQuota given = older == null ? null : older.of.getAndSet(null);
    if (given == null && movesIn) {
      tenant.moveIn();
    } else if (given == null) {
      tenant.enter();
    }
    of.set(given == null ? tenant : given);
  }

  /** The session has gone on at another node, on this place. */
  void moveOut() {
    TenantQuota tenant = of.getAndSet(null);
    if (tenant != null) {
      tenant.moveOut();
    }
  }

  void leave() {
    TenantQuota tenant = of.getAndSet(null);
    if (tenant != null) {
      tenant.leave();
    }
  }
}
