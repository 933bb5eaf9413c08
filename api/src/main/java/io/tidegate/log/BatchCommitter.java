package io.tidegate.log;

import io.tidegate.breaker.Breaker;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a batch through: tries again what may succeed, finds the guilty unit by halving, and asks
 * what became of a transaction whose answer was lost. Returns when every unit has its answer.
 */
final class BatchCommitter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);
  private static final int MAX_ATTEMPTS = 5;

  private final LogSettings settings;
  private final JdbcAppend append;
  private final JdbcOutcome outcome;
  private final Breaker breaker;

  /** Of all lanes: so that an outage is one line in the log, and its end another. */
  private final AtomicBoolean failing = new AtomicBoolean();

  BatchCommitter(LogSettings settings, JdbcAppend append, JdbcOutcome outcome, Breaker breaker) {
    this.settings = settings;
    this.append = append;
    this.outcome = outcome;
    this.breaker = breaker;
  }

  void commit(List<PendingUnit> batch) throws InterruptedException {
    long oldest = System.nanoTime() - settings.queueAge().toNanos();
    List<PendingUnit> inTime = batch.stream().filter(u -> u.queuedNanos() - oldest > 0).toList();
    if (inTime.size() < batch.size()) {
      batch.stream()
          .filter(unit -> unit.queuedNanos() - oldest <= 0)
          .forEach(unit -> unit.refuse(Refusals.tooOld()));
    }
    if (inTime.isEmpty()) {
      return;
    }
    if (breaker.isClosed()) {
      write(inTime);
    } else {
      // It opened while they waited: nothing of them was sent.
      inTime.forEach(unit -> unit.refuse(breaker.refuse()));
    }
  }

  private void write(List<PendingUnit> units) throws InterruptedException {
    long answerTime = settings.answerTime().toNanos();
    long oldest = System.nanoTime();
    for (PendingUnit unit : units) {
      if (unit.queuedNanos() - oldest < 0) {
        oldest = unit.queuedNanos();
      }
    }
    for (int attempt = 1; ; attempt++) {
      Attempt ended = append.attempt(units);
      if (ended instanceof Attempt.InDoubt doubt) {
        ended = settle(doubt, oldest + answerTime);
      }
      boolean mayTryAgain = attempt < MAX_ATTEMPTS && System.nanoTime() - oldest < answerTime / 2;
      switch (ended) {
        case Attempt.Stored stored -> {
          breaker.answered();
          if (failing.compareAndSet(true, false)) {
            LOG.info("The database takes messages again");
          }
          stored.plan().answer();
          return;
        }
        case Attempt.BadUnit bad -> {
          breaker.answered();
          halve(units, bad);
          return;
        }
        case Attempt.NotStored failed -> {
          if (!failed.again() || !mayTryAgain) {
            if (failing.compareAndSet(false, true)) {
              LOG.warn("The database takes no messages: {}", reason(failed.refusal()));
            }
            countAgainst(failed.refusal());
            refuse(units, failed.refusal());
            return;
          }
        }
        case Attempt.InDoubt doubt -> {
          breaker.away(doubt.cause());
          refuse(units, Refusals.outcomeUnknown(doubt.cause()));
          return;
        }
      }
    }
  }

  private Attempt settle(Attempt.InDoubt doubt, long deadlineNanos) throws InterruptedException {
    return switch (outcome.of(doubt.xid(), doubt.plan().rows().getFirst(), deadlineNanos)) {
      case COMMITTED -> new Attempt.Stored(doubt.plan());
      case ABORTED -> new Attempt.NotStored(Refusals.storeUnavailable(doubt.cause()), true);
      case UNKNOWN -> doubt;
    };
  }

  private void halve(List<PendingUnit> units, Attempt.BadUnit bad) throws InterruptedException {
    if (units.size() == 1) {
      units.getFirst().refuse(bad.refusal());
      return;
    }
    int middle = units.size() / 2;
    write(units.subList(0, middle));
    write(units.subList(middle, units.size()));
  }

  private void countAgainst(RefusedException refusal) {
    Throwable cause = refusal.getCause();
    if (cause != null) {
      breaker.failed(cause);
    }
  }

  private static String reason(RefusedException refusal) {
    return refusal.getCause() == null ? refusal.detail() : refusal.getCause().toString();
  }

  private static void refuse(List<PendingUnit> units, RefusedException refusal) {
    units.forEach(unit -> unit.refuse(refusal));
  }
}
