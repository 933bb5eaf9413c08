package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for the same outcome. Completed where applications are called, as what hangs on
 * them runs there. Guarded by the client's lock.
 */
final class Waiters<T> {
  /**
   * More threads than that do not wait in one process: who asks that often without an answer asks
   * in a loop, which is to be told and not to fill the heap.
   */
  static final int MOST = 10_000;

  private final String what;
  private final Executor told;
  private List<CompletableFuture<T>> all = new ArrayList<>();

  /**
   * @param what they are, for the refusal
   */
  Waiters(String what, Executor told) {
    this.what = what;
    this.told = told;
  }

  /** One more; failed already when there are too many. */
  CompletableFuture<T> add() {
    if (all.size() >= MOST) {
      return CompletableFuture.failedFuture(
          TidegateException.local(Local.QUEUE_FULL, MOST + " " + what + " wait: no more do", null));
    }
    CompletableFuture<T> future = new CompletableFuture<>();
    all.add(future);
    return future;
  }

  void done(@Nullable T value) {
    settle(each -> each.complete(value));
  }

  void failed(TidegateException reason) {
    settle(each -> each.completeExceptionally(reason));
  }

  private void settle(Consumer<CompletableFuture<T>> outcome) {
    if (!all.isEmpty()) {
      List<CompletableFuture<T>> settled = all;
      all = new ArrayList<>();
      told.execute(() -> settled.forEach(outcome));
    }
  }
}
