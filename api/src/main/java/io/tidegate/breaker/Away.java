package io.tidegate.breaker;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * Tells failures that say that PostgreSQL is away from those that are an answer of its: bad data,
 * lost races, time-outs of statements and refusals are answers, and so is a pool that is merely
 * busy.
 */
final class Away {
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private Away() {}

  /** By the first word on it in the chain of causes. */
  static boolean says(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLTransientConnectionException && at.getCause() == null) {
        // Nobody gave a connection back in time, and none was refused meanwhile.
        return false;
      }
      if (at instanceof SQLException sql && says(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Classes of SQLSTATE (PostgreSQL, appendix A): 08 connection, 57P shut down or starting. */
  private static boolean says(String state) {
    return state.startsWith("08") || state.startsWith("57P") || state.equals(TOO_MANY_CONNECTIONS);
  }
}
