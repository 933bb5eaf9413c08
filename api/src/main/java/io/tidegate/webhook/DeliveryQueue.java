package io.tidegate.webhook;

import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What waits for each webhook, in one queue for each subject. Trusts that only who holds the
 * webhook's lease takes from it. All throw {@link RefusedException} STORE_UNAVAILABLE.
 */
public interface DeliveryQueue {
  /** A beginning of one subject's queue, in order; never empty. */
  record Run(String key, List<Delivery> deliveries) {}

  /**
   * Queues whose head is due.
   *
   * @param after where to go on: the subjects' keys behind this one are looked at next; empty: from
   *     the first on
   */
  record Due(List<Run> runs, String after) {}

  /** How much to take. */
  record Portion(int runs, int deliveriesOfOne) {}

  /**
   * The beginnings of queues whose heads are due, of those that are not busy. Looks at some of the
   * queues only: nothing found with {@code after} not empty means to go on from there.
   *
   * @param busy keys of what is being sent
   */
  Due due(UUID webhook, String after, Set<String> busy, Portion most);

  /** They have arrived. Of those that are not pending any more nothing is said. */
  void delivered(TenantId tenant, List<UUID> deliveries, Attempt attempt);

  /**
   * They have not. Tried again after the pause, or, when their time was up, given up.
   *
   * @return how many were given up
   */
  int failed(TenantId tenant, List<UUID> deliveries, Attempt attempt, Duration pause);

  /** A target is back: what is tried again later than within this time comes within it. */
  void hasten(UUID webhook, Duration within);
}
