package io.tidegate.tenant.store;

import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions of the control plane. Work given inside of work joins its transaction. */
@Singleton
public class JdbcWork {
  /** A transaction that lost to another one is tried again so often. */
  private static final int MAX_TRIES = 3;

  private static final long RETRY_MILLIS = 1_000;

  /** SQLSTATE: serialization failure, deadlock. */
  private static final Set<String> LOST_RACE = Set.of("40001", "40P01");

  private final TransactionOperations<Connection> transactions;

  JdbcWork(TransactionOperations<Connection> transactions) {
    this.transactions = transactions;
  }

  /**
   * Runs the work in a transaction that is committed when it returns and rolled back when it
   * throws; may run it again after a lost race.
   *
   * @throws RefusedException STORE_UNAVAILABLE when PostgreSQL is away
   */
  public <T> T write(Supplier<T> work) {
    return run(TransactionDefinition.DEFAULT, work);
  }

  /** As {@link #write}, for work that changes nothing. */
  public <T> T read(Supplier<T> work) {
    return run(TransactionDefinition.READ_ONLY, work);
  }

  /** Runs the action when the transaction around it is committed. */
  public void afterCommit(Runnable action) {
    TransactionStatus<?> status = transactions.findTransactionStatus().orElseThrow();
    status.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }

  private <T> T run(TransactionDefinition definition, Supplier<T> work) {
    if (transactions.findTransactionStatus().isPresent()) {
      return work.get();
    }
    for (int tries = 1; ; tries++) {
      try {
        return transactions.execute(definition, status -> work.get());
      } catch (RefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        SQLException cause = cause(e);
        if (cause == null) {
          throw e;
        }
        boolean lostRace = LOST_RACE.contains(String.valueOf(cause.getSQLState()));
        if (lostRace && tries < MAX_TRIES) {
          continue;
        }
        if (lostRace) {
          throw new RefusedException(
              Refusal.CONFLICT, "Another change of the same thing got in between.");
        }
        if (isAway(cause)) {
          throw RefusedException.because(
              Refusal.STORE_UNAVAILABLE, "The database cannot be reached.", RETRY_MILLIS, e);
        }
        throw e;
      }
    }
  }

  private static @Nullable SQLException cause(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** SQLSTATE classes: 08 connection, 57P shutdown, 53 out of resources. */
  private static boolean isAway(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }
}
