package io.tidegate.breaker;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A bulkhead: work of one kind has some places, so that it cannot take those of another kind. Who
 * finds none free waits a second, then is refused. To be called on virtual threads.
 */
public final class Compartment {
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS = 1_000;

  private final Bulkhead bulkhead;
  private final LongAdder refused = new LongAdder();

  /**
   * @param name in metrics
   * @param places at work at the same time
   */
  public Compartment(String name, int places) {
    this.bulkhead =
        Bulkhead.of(
            name, BulkheadConfig.custom().maxConcurrentCalls(places).maxWaitDuration(WAIT).build());
  }

  public String name() {
    return bulkhead.getName();
  }

  /**
   * @throws RefusedException OVERLOADED when no place gets free in time
   */
  public <T> T call(Supplier<T> work) {
    if (!bulkhead.tryAcquirePermission()) {
      refused.increment();
      throw RefusedException.retryAfter(
          Refusal.OVERLOADED, "too many such reads at a time", RETRY_MILLIS);
    }
    try {
      return work.get();
    } finally {
      bulkhead.onComplete();
    }
  }

  /** Places that are free now. */
  public int free() {
    return bulkhead.getMetrics().getAvailableConcurrentCalls();
  }

  /** How many callers were refused. */
  public long refusals() {
    return refused.sum();
  }
}
