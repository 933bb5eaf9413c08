package io.tidegate.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses what would ask a PostgreSQL that is away: after some failures in a row it opens, and from
 * then on nobody waits for a time-out. Once a second it asks for itself, and closes when it gets an
 * answer: callers never are the ones who try. Whoever asks the database says how it went, by {@link
 * #answered} or {@link #failed}; what is under way when it opens goes on to its own end.
 */
public final class Breaker implements AutoCloseable {
  /** Between two questions of its own; what it advises callers is never shorter. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A question that got no answer by then counts as failed, whatever holds it. */
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(15);

  private static final int VALID_SECONDS = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

  private final CircuitBreaker circuit;
  private final DataSource pool;
  private final LongAdder refused = new LongAdder();

  /** Where it stands. */
  public enum State {
    CLOSED,
    /** Open, and asking at this moment. */
    PROBING,
    OPEN
  }

  /**
   * @param name in metrics and the log
   * @param failures how many in a row open it
   * @param pool whose connections it asks with
   */
  public Breaker(String name, int failures, DataSource pool) {
    this.pool = pool;
    this.circuit =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(PAUSE)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(1)
                .maxWaitDurationInHalfOpenState(LONGEST_PROBE)
                .build());
    circuit.getEventPublisher().onStateTransition(this::moved);
  }

  public String name() {
    return circuit.getName();
  }

  public State state() {
    return switch (circuit.getState()) {
      case OPEN, FORCED_OPEN -> State.OPEN;
      case HALF_OPEN -> State.PROBING;
      case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
    };
  }

  public boolean isClosed() {
    return state() == State.CLOSED;
  }

  /** How many callers were refused. */
  public long refusals() {
    return refused.sum();
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE unless it is closed
   */
  public void requireClosed() {
    if (!isClosed()) {
      throw refuse();
    }
  }

  /**
   * What a caller is told who is not let through; counted. Spread out, so that not all return at
   * once.
   */
  public RefusedException refuse() {
    refused.increment();
    long pause = PAUSE.toMillis();
    return RefusedException.retryAfter(
        Refusal.STORE_UNAVAILABLE,
        "the database does not answer; nothing was carried out",
        pause + ThreadLocalRandom.current().nextLong(pause));
  }

  /** The database answered, if only with an error that was the caller's. */
  public void answered() {
    circuit.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** A call failed; counts only if that says that the database is away. */
  public void failed(Throwable failure) {
    if (Away.says(failure)) {
      away(failure);
    }
  }

  /** A call got no answer from the database, whatever the failure looks like. */
  public void away(Throwable failure) {
    circuit.onError(0, TimeUnit.NANOSECONDS, failure);
  }

  private void moved(CircuitBreakerOnStateTransitionEvent event) {
    switch (event.getStateTransition()) {
      case CLOSED_TO_OPEN -> LOG.warn("{}: the database is away; callers are refused", name());
      case HALF_OPEN_TO_CLOSED -> LOG.info("{}: the database answers again", name());
      case OPEN_TO_HALF_OPEN -> Thread.ofVirtual().name("probe-" + name()).start(this::probe);
      default -> {}
    }
  }

  private void probe() {
    if (!circuit.tryAcquirePermission()) {
      return;
    }
    try (Connection connection = pool.getConnection()) {
      if (!connection.isValid(VALID_SECONDS)) {
        throw new SQLException("the connection is not valid");
      }
      answered();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("{}: the database is still away", name(), e);
      away(e);
    }
  }

  /** Asks no more, and lets everyone through. */
  @Override
  public void close() {
    circuit.transitionToDisabledState();
  }
}
