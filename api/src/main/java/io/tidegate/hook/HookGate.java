package io.tidegate.hook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What stands before one hook on this node: its places, a breaker, and what became of late. Any
 * thread.
 */
final class HookGate {
  private final CircuitBreaker circuit;
  private final Semaphore places;
  private final HookLog log = new HookLog();

  /** What the breaker is told; nobody sees it. */
  private final Exception unanswered = new Unanswered();

  HookGate(UUID hook, HookPace pace) {
    this.places = new Semaphore(pace.places(), true);
    this.circuit =
        CircuitBreaker.of(
            "hook-" + hook,
            CircuitBreakerConfig.custom()
                .slidingWindow(pace.window(), pace.window() / 2, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(pace.failuresPercent())
                .waitDurationInOpenState(pace.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  /** Whether a call may be made now; {@link #came} or {@link #forgo} follows. */
  boolean permits() {
    return circuit.tryAcquirePermission();
  }

  void came(boolean good) {
    if (good) {
      circuit.onSuccess(0, TimeUnit.NANOSECONDS);
    } else {
      circuit.onError(0, TimeUnit.NANOSECONDS, unanswered);
    }
  }

  /** What was permitted is not done after all. */
  void forgo() {
    circuit.releasePermission();
  }

  boolean isShut() {
    return circuit.getState() != State.CLOSED;
  }

  Semaphore places() {
    return places;
  }

  HookLog log() {
    return log;
  }

  private static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    Unanswered() {
      super("no answer", null, false, false);
    }
  }
}
