package io.tidegate.sdk.internal;

import io.tidegate.sdk.TidegateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Futures, waited for without a lock. */
public final class Futures {
  private Futures() {}

  /**
   * Its value, or what it failed with, thrown with this thread's stack. A thread that is
   * interrupted stops waiting; what was begun goes on.
   */
  public static <T> T join(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TidegateException.local(TidegateException.Local.NO_ANSWER, "interrupted", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  /** What a stage failed with, without its wrapping. */
  public static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static RuntimeException rethrown(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof TidegateException e) {
      TidegateException here =
          new TidegateException(
              e.code(),
              e.status(),
              String.valueOf(e.getMessage()),
              e.requestId().orElse(null),
              e.retryAfter().orElse(null),
              e.docs().orElse(null),
              e);
      return here;
    }
    if (cause instanceof IllegalArgumentException e) {
      return new IllegalArgumentException(e.getMessage(), e);
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return TidegateException.local(
        TidegateException.Local.NO_ANSWER, String.valueOf(cause.getMessage()), cause);
  }
}
