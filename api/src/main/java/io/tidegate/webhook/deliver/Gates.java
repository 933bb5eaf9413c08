package io.tidegate.webhook.deliver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/** What this node has learnt of targets; remembered while their leases come and go. */
final class Gates {
  /** Some 2 kB each. One that is forgotten has to be found dead anew. */
  private static final int MAX_GATES = 10_000;

  private final Pace pace;
  private final Cache<UUID, Gate> gates =
      Caffeine.newBuilder().maximumSize(MAX_GATES).expireAfterAccess(Duration.ofHours(1)).build();

  Gates(Pace pace) {
    this.pace = pace;
  }

  Gate of(UUID webhook) {
    return gates.get(webhook, id -> new Gate("webhook-" + id, pace));
  }

  /** Targets that are being left alone. */
  long shut() {
    return gates.asMap().values().stream().filter(Gate::isShut).count();
  }
}
