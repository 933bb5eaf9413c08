package io.tidegate.allowance;

import org.jspecify.annotations.Nullable;

/** What this node has of one thing that nodes share. Called by the {@link Courier} alone. */
interface Borrower {
  String name();

  /** What is to be asked now; null for nothing. An answer or a failure follows. */
  @Nullable Wish wish();

  void answered(Loan loan);

  /** Nobody knows whether it was heard. */
  void failed();

  /**
   * Whether it has nothing in hand, nothing to tell and nobody waiting. Then it is not asked any
   * more until it comes forward again.
   */
  boolean rests();
}
