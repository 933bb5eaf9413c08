package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Futures without a value. Completed where applications are called, as what hangs on them runs
 * there.
 */
final class Settling {
  private Settling() {}

  /**
   * @param reason null: it is done
   */
  static void settle(CompletableFuture<Void> future, @Nullable TidegateException reason) {
    if (reason == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(reason);
    }
  }
}
