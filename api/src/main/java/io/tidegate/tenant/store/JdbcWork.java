package io.tidegate.tenant.store;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.tidegate.breaker.Breaker;
import io.tidegate.breaker.Contact;
import io.tidegate.channel.TenantId;
import io.tidegate.postgres.JdbcPatience;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of the control plane. Work given inside of work joins its transaction. Every one
 * begins by taking a role and naming its tenant, both gone with its end: there is no other way to a
 * transaction, so no statement can forget it.
 */
@Singleton
public class JdbcWork {
  /** A transaction that failed without a trace is tried so often. */
  private static final int MAX_TRIES = 3;

  /** After an outage every connection of the pool may be a broken one; each is met once. */
  private static final int MAX_BROKEN = 32;

  /** Broken ones are met in no time; what took longer has waited in vain, and would again. */
  private static final long MAX_BROKEN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long RETRY_MILLIS = 1_000;

  /** SET LOCAL ROLE and the tenant, in one round trip. */
  private static final String ONE_TENANT =
      "SELECT set_config('tidegate.tenant', ?, true),"
          + " set_config('role', tidegate_tenant_role(), true)";

  private static final String EVERYTHING =
      "SELECT set_config('role', tidegate_system_role(), true)";

  private final TransactionOperations<Connection> transactions;
  private final Breaker breaker;
  private final Contact contact;

  /** This thread's transaction; null outside of one. */
  private final ThreadLocal<@Nullable Current> current = new ThreadLocal<>();

  /**
   * A transaction.
   *
   * @param beforeCommit what there is to do at its end
   * @param afterCommit what there is to do then
   */
  private record Current(
      Reach reach, Connection connection, List<Runnable> beforeCommit, List<Runnable> afterCommit) {

    static Current begin(Reach reach, Connection connection) {
      return new Current(reach, connection, new ArrayList<>(), new ArrayList<>());
    }
  }

  JdbcWork(TransactionOperations<Connection> transactions, Breaker breaker, Contact contact) {
    this.transactions = transactions;
    this.breaker = breaker;
    this.contact = contact;
  }

  /**
   * Runs the work in a transaction that is committed when it returns and rolled back when it
   * throws; may run it again after a lost race.
   *
   * @param reach all there is for it; work given inside of work may reach for less, never for more
   * @throws RefusedException STORE_UNAVAILABLE when PostgreSQL is away; at once when that is known
   */
  public <T> T write(Reach reach, Supplier<T> work) {
    return run(TransactionDefinition.DEFAULT, reach, work);
  }

  /** As {@link #write}, for work that changes nothing. */
  public <T> T read(Reach reach, Supplier<T> work) {
    return run(TransactionDefinition.READ_ONLY, reach, work);
  }

  /**
   * Runs the action when the transaction around it is committed, and outside of it: what it starts
   * on other threads inherits no connection.
   */
  public void afterCommit(Runnable action) {
    here().afterCommit().add(action);
  }

  /**
   * Runs the action as the last of the transaction around it, with everything in reach: what it
   * locks is held for the commit only, and nothing is waited for behind it.
   */
  void beforeCommit(Runnable action) {
    here().beforeCommit().add(action);
  }

  /** The transaction's own, for statements that are more than a repository says. */
  public Connection connection() {
    return here().connection();
  }

  private Current here() {
    Current here = current.get();
    if (here == null) {
      throw new IllegalStateException("there is no transaction here");
    }
    return here;
  }

  /** A statement on {@link #connection} has failed, and with it the transaction. */
  public static RuntimeException failed(SQLException failure) {
    return new DataAccessException("a statement failed", failure);
  }

  private <T> T run(TransactionDefinition definition, Reach reach, Supplier<T> work) {
    Current around = current.get();
    if (around != null) {
      if (!around.reach().covers(reach)) {
        throw new IllegalStateException("a tenant's transaction reaches for more than its own");
      }
      return work.get();
    }
    breaker.requireClosed();
    boolean readsOnly = definition == TransactionDefinition.READ_ONLY;
    long begun = System.nanoTime();
    for (int tries = 1; ; tries++) {
      List<Runnable> actions = new ArrayList<>();
      T result;
      try {
        result =
            transactions.execute(
                definition,
                status -> {
                  Connection connection = status.getConnection();
                  enter(connection, reach, readsOnly);
                  Current here = Current.begin(reach, connection);
                  current.set(here);
                  T done = work.get();
                  finish(here, readsOnly);
                  actions.addAll(here.afterCommit());
                  return done;
                });
      } catch (RefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        Fault fault = Fault.of(e);
        int most =
            switch (fault) {
              case LOST_RACE -> MAX_TRIES;
              case CONNECTION_BROKEN -> readsOnly && isQuick(begun) ? MAX_BROKEN : 1;
              case AWAY, OTHER -> 1;
            };
        if (tries >= most) {
          count(fault, e);
          throw refusal(fault, e);
        }
        continue;
      } finally {
        current.remove();
      }
      breaker.answered();
      contact.reached();
      actions.forEach(Runnable::run);
      return result;
    }
  }

  private static void enter(Connection connection, Reach reach, boolean readsOnly)
      throws SQLException {
    JdbcPatience.bound(connection, readsOnly ? JdbcPatience.READ : JdbcPatience.WRITE);
    TenantId tenant = reach.tenant();
    try (PreparedStatement statement =
        connection.prepareStatement(tenant == null ? EVERYTHING : ONE_TENANT)) {
      if (tenant != null) {
        statement.setString(1, tenant.toString());
      }
      statement.execute();
    }
  }

  private static void finish(Current here, boolean readsOnly) throws SQLException {
    if (!here.beforeCommit().isEmpty()) {
      enter(here.connection(), Reach.EVERYTHING, readsOnly);
      here.beforeCommit().forEach(Runnable::run);
    }
  }

  private static boolean isQuick(long begunNanos) {
    return System.nanoTime() - begunNanos < MAX_BROKEN_NANOS;
  }

  private void count(Fault fault, RuntimeException failure) {
    if (fault == Fault.CONNECTION_BROKEN) {
      breaker.away(failure);
    } else {
      breaker.failed(failure);
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
