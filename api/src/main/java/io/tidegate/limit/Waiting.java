package io.tidegate.limit;

import java.util.concurrent.CompletableFuture;

/** One who waits for tokens or a place. Guarded by its owner, but for the answer. */
final class Waiting<T> {
  final long many;
  final CompletableFuture<T> answer = new CompletableFuture<>();

  /** Whether the call that is under way asks for it too. */
  boolean asked;

  Waiting(long many) {
    this.many = many;
  }
}
