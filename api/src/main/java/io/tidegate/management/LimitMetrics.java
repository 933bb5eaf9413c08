package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.allowance.RedisAllowances;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What this node has borrowed of the limits that nodes share. All of it is 0 on one that is alone.
 */
@Singleton
final class LimitMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final @Nullable RedisAllowances shared;

  LimitMetrics(Meters meters, @Nullable RedisAllowances shared) {
    this.meters = meters;
    this.shared = shared;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.limit.leases", "Limits in use", of(RedisAllowances::active));
    meters.counter("tidegate.limit.calls", "Calls to Redis", of(RedisAllowances::calls));
    meters.counter("tidegate.limit.failures", "Not answered", of(RedisAllowances::failures));
  }

  private Meters.Reading of(ToLongFunction<RedisAllowances> reading) {
    return () -> shared == null ? 0 : reading.applyAsLong(shared);
  }
}
