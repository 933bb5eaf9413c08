package io.tidegate.log;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** What a failed statement means: classes of SQLSTATE (PostgreSQL, appendix A). */
final class JdbcFaults {
  static final String FOREIGN_KEY = "23503";
  private static final String UNIQUE = "23505";
  private static final String CHECK = "23514";
  private static final String CANCELED = "57014";
  private static final String LOCK_TIMEOUT = "55P03";

  private JdbcFaults() {}

  /** A failure before COMMIT was sent, or one the server has answered: nothing was stored. */
  static Attempt notStored(SQLException e) {
    String state = state(e);
    if (state.equals(FOREIGN_KEY)) {
      return new Attempt.BadUnit(Refusals.noSuchApp());
    }
    if (isData(state)) {
      return new Attempt.BadUnit(Refusals.badData());
    }
    return new Attempt.NotStored(Refusals.storeUnavailable(e), !isTimeout(e));
  }

  /** A bad value, or one too large for an index (class 54); races and partitions are not data. */
  private static boolean isData(String state) {
    boolean raced = state.equals(UNIQUE) || state.equals(CHECK);
    return !raced && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }

  /** A partition that was there has gone: a check violation of the partitioned table itself. */
  static boolean isMissingPartition(SQLException e) {
    return state(e).equals(CHECK);
  }

  static boolean isTimeout(SQLException e) {
    String state = state(e);
    return state.equals(CANCELED) || state.equals(LOCK_TIMEOUT);
  }

  static boolean isConnectionLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** The connection was given up because no answer came for too long. */
  static boolean isHang(SQLException e) {
    return e.getCause() instanceof SocketTimeoutException;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
