package io.tidegate.webhook.deliver;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before one webhook: a few places, so that a slow target holds no more than these; and
 * a breaker, which after some failures in a row leaves it alone for a while and then lets one call
 * try. Any thread.
 */
final class Gate {
  private final Bulkhead places;
  private final CircuitBreaker circuit;
  private final AtomicInteger inARow = new AtomicInteger();

  /** What the breaker is told; nobody sees it. */
  private final Exception untaken = new Untaken();

  Gate(String name, Pace pace) {
    this.places =
        Bulkhead.of(
            name,
            BulkheadConfig.custom()
                .maxConcurrentCalls(pace.places())
                .maxWaitDuration(Duration.ZERO)
                .build());
    this.circuit =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(pace.failures(), pace.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(pace.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  /** Takes a place; {@link #leave} follows. */
  boolean enter() {
    return places.tryAcquirePermission();
  }

  void leave() {
    places.onComplete();
  }

  int free() {
    return places.getMetrics().getAvailableConcurrentCalls();
  }

  /** Whether a call may be made now; {@link #came} follows. */
  boolean permits() {
    return circuit.tryAcquirePermission();
  }

  void came(boolean good) {
    if (good) {
      inARow.set(0);
      circuit.onSuccess(0, TimeUnit.NANOSECONDS);
    } else {
      inARow.incrementAndGet();
      circuit.onError(0, TimeUnit.NANOSECONDS, untaken);
    }
  }

  /** Calls that were not taken since one was. */
  int inARow() {
    return inARow.get();
  }

  /** What was permitted is not done after all. */
  void forgo() {
    circuit.releasePermission();
  }

  /** Whether the target is left alone, or has not shown yet that it is back. */
  boolean isShut() {
    return circuit.getState() != State.CLOSED;
  }

  private static final class Untaken extends Exception {
    private static final long serialVersionUID = 1L;

    Untaken() {
      super("not taken", null, false, false);
    }
  }
}
