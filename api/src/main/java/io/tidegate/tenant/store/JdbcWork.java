package io.tidegate.tenant.store;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions of the control plane. Work given inside of work joins its transaction. */
@Singleton
public class JdbcWork {
  /** A transaction that failed without a trace is tried so often. */
  private static final int MAX_TRIES = 3;

  /** After an outage every connection of the pool may be a broken one; each is met once. */
  private static final int MAX_BROKEN = 32;

  private static final long RETRY_MILLIS = 1_000;

  private final TransactionOperations<Connection> transactions;

  /** What this thread's transaction has to do after its commit; null outside of one. */
  private final ThreadLocal<@Nullable List<Runnable>> afterCommit = new ThreadLocal<>();

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

  /**
   * Runs the action when the transaction around it is committed, and outside of it: what it starts
   * on other threads inherits no connection.
   */
  public void afterCommit(Runnable action) {
    List<Runnable> actions = afterCommit.get();
    if (actions == null) {
      throw new IllegalStateException("there is no transaction here");
    }
    actions.add(action);
  }

  private <T> T run(TransactionDefinition definition, Supplier<T> work) {
    if (afterCommit.get() != null) {
      return work.get();
    }
    for (int tries = 1; ; tries++) {
      List<Runnable> actions = new ArrayList<>();
      T result;
      try {
        afterCommit.set(actions);
        result = transactions.execute(definition, status -> work.get());
      } catch (RefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        Fault fault = Fault.of(e);
        boolean readsOnly = definition == TransactionDefinition.READ_ONLY;
        int most =
            switch (fault) {
              case LOST_RACE -> MAX_TRIES;
              case CONNECTION_BROKEN -> readsOnly ? MAX_BROKEN : 1;
              case AWAY, OTHER -> 1;
            };
        if (tries >= most) {
          throw refusal(fault, e);
        }
        continue;
      } finally {
        afterCommit.remove();
      }
      actions.forEach(Runnable::run);
      return result;
    }
  }

  private static RuntimeException refusal(Fault fault, RuntimeException cause) {
    return switch (fault) {
      case LOST_RACE ->
          new RefusedException(
              Refusal.CONFLICT, "Another change of the same thing got in between.");
      case CONNECTION_BROKEN, AWAY ->
          RefusedException.because(
              Refusal.STORE_UNAVAILABLE, "The database cannot be reached.", RETRY_MILLIS, cause);
      case OTHER -> cause;
    };
  }

  /** What a failed transaction says of the database. */
  private enum Fault {
    /** The transaction lost to another one. */
    LOST_RACE,
    /** The pool gave a connection that the database had ended; another one may be good. */
    CONNECTION_BROKEN,
    /** There is no connection to be had. */
    AWAY,
    OTHER;

    static Fault of(Throwable failure) {
      Fault fault = OTHER;
      for (Throwable at = failure; at != null; at = at.getCause()) {
        if (at instanceof SQLTransientConnectionException) {
          return AWAY;
        }
        if (at instanceof SQLException sql && fault == OTHER) {
          fault = of(String.valueOf(sql.getSQLState()));
        }
        if (at instanceof ConnectionException && fault == OTHER) {
          fault = CONNECTION_BROKEN;
        }
      }
      return fault;
    }

    /** SQLSTATE: serialization failure, deadlock; classes 08 connection, 57P shutdown, 53 full. */
    private static Fault of(String state) {
      if (state.equals("40001") || state.equals("40P01")) {
        return LOST_RACE;
      }
      if (state.startsWith("08") || state.startsWith("57P")) {
        return CONNECTION_BROKEN;
      }
      return state.startsWith("53") ? AWAY : OTHER;
    }
  }
}
