package io.tidegate.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Places for calls: of the hook, of its tenant, of the node, taken in that order, so that who waits
 * for the node's holds none that others of the tenant could use for longer than its call has. In
 * order of arrival.
 */
final class HookPlaces {
  /** Tenants whose hooks are asked; some bytes each. */
  private static final int MAX_TENANTS = 20_000;

  private final Semaphore node;
  private final Cache<TenantId, Semaphore> tenants =
      Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(Duration.ofHours(1)).build();
  private final int perTenant;

  HookPlaces(HookPace pace) {
    this.node = new Semaphore(pace.nodePlaces(), true);
    this.perTenant = pace.tenantPlaces();
  }

  /** Taken places; null: none got free before the deadline. */
  @Nullable Taken take(HookGate gate, TenantId tenant, long deadline) {
    Semaphore ofTenant = tenants.get(tenant, id -> new Semaphore(perTenant, true));
    Taken taken = new Taken(new ArrayDeque<>(3));
    for (Semaphore places : List.of(gate.places(), ofTenant, node)) {
      if (!acquire(places, deadline)) {
        taken.close();
        return null;
      }
      taken.from.push(places);
    }
    return taken;
  }

  private static boolean acquire(Semaphore places, long deadline) {
    try {
      return places.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** To be given back. */
  record Taken(Deque<Semaphore> from) implements AutoCloseable {
    @Override
    public void close() {
      from.forEach(Semaphore::release);
    }
  }
}
