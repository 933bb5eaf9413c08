package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.tenant.Limit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that a tenant comes near a limit, and counts what is refused. One per tenant. */
final class Watch {
  private static final long WARN_PERCENT = 80;
  private static final long EVERY_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Refused refused;
  private final List<LimitListener> listeners;
  private final LongSupplier nanos;

  /** When each limit was last warned of, 0 for never; by the limit's ordinal. */
  private final AtomicLongArray warned = new AtomicLongArray(Limit.values().length);

  Watch(Refused refused, CopyOnWriteArrayList<LimitListener> listeners, LongSupplier nanos) {
    this.refused = refused;
    this.listeners = listeners;
    this.nanos = nanos;
  }

  /** So much of a limit is used. What a listener makes of it never decides over a request. */
  void used(TenantId tenant, Limit limit, long used, long most) {
    if (used < most - most / 100.0 * (100 - WARN_PERCENT)) {
      return;
    }
    long now = nanos.getAsLong() | 1;
    long last = warned.get(limit.ordinal());
    boolean due = last == 0 || now - last >= EVERY_NANOS;
    if (due && warned.compareAndSet(limit.ordinal(), last, now)) {
      for (LimitListener listener : listeners) {
        try {
          listener.near(tenant, limit, used, most);
        } catch (RuntimeException e) {
          LOG.error("a warning of {} was not heard", limit.wireName(), e);
        }
      }
    }
  }

  /** Counts a refusal on its way, and says which limit decided where nobody closer has. */
  RefusedException refuse(Limit limit, RefusedException refusal) {
    refused.count(limit.wireName());
    return refusal.hasReason()
        ? refusal
        : refusal.by(Step.LIMIT, "limit " + limit.wireName() + " of the tenant");
  }
}
