package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who sends to which webhook: one node at a time, for as long as it says so in time. The store's
 * clock decides. All throw {@link RefusedException} STORE_UNAVAILABLE.
 */
public interface Leases {
  /** A webhook for which something waits. */
  record Lease(UUID webhook, TenantId tenant, AppId app) {}

  /** Takes webhooks for which something waits and nobody sends, the longest free first. */
  List<Lease> take(String owner, Duration length, int most);

  /** Holds them for longer; those that are held still. One that is not may be another's. */
  Set<UUID> renew(String owner, Duration length, Collection<UUID> webhooks);

  /** Gives one back; nobody takes it before the pause is over. */
  void release(String owner, UUID webhook, Duration pause);
}
