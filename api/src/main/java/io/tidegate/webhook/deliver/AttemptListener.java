package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.Leases.Lease;
import java.util.List;

/** Hears of each call when it is over. On the thread that made it: never waits, never throws. */
@FunctionalInterface
public interface AttemptListener {
  /** Nobody wants to know. */
  AttemptListener NOBODY = (lease, deliveries, attempt) -> {};

  /**
   * @param deliveries what the call brought, one or more
   */
  void attempted(Lease lease, List<Delivery> deliveries, Attempt attempt);
}
