package io.tidegate.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failure of Redis means for whoever asked. */
public final class RedisFaults {
  private static final long RETRY_MILLIS = 1_000;

  /** What Lettuce says of a command that it did not take because there is no connection. */
  private static final String NOT_SENT = "not connected";

  private RedisFaults() {}

  /** Of something that changed nothing: come back. */
  public static RefusedException ofRead(Throwable failure) {
    return RefusedException.because(
        Refusal.STORE_UNAVAILABLE, "the broker cannot be asked now", RETRY_MILLIS, cause(failure));
  }

  /**
   * Of a publish. An error reply says that nothing was done: the scripts raise none after their
   * first write. Silence says nothing: it may have been done.
   */
  public static RefusedException ofWrite(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof RefusedException refused) {
      return refused;
    }
    boolean certain =
        cause instanceof RedisCommandExecutionException
            || cause instanceof RedisConnectionException
            || String.valueOf(cause.getMessage()).contains(NOT_SENT);
    return certain
        ? RefusedException.because(
            Refusal.STORE_UNAVAILABLE, "the broker takes no messages now", RETRY_MILLIS, cause)
        : RefusedException.because(
            Refusal.OUTCOME_UNKNOWN,
            "the broker did not say whether it has the message: ask again with the same id",
            RETRY_MILLIS,
            cause);
  }

  private static Throwable cause(Throwable failure) {
    Throwable at = failure;
    while ((at instanceof CompletionException || at instanceof ExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
