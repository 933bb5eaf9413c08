package io.tidegate.log;

import io.tidegate.problem.RefusedException;

/** How one try to write a batch ended. */
sealed interface Attempt {
  /** Committed, or there was nothing new to write. */
  record Stored(BatchPlan plan) implements Attempt {}

  /** Certainly not stored, because of what one of the units holds. */
  record BadUnit(RefusedException refusal) implements Attempt {}

  /**
   * Certainly not stored, through no fault of a unit.
   *
   * @param again whether another try may succeed at once
   */
  record NotStored(RefusedException refusal, boolean again) implements Attempt {}

  /** The answer to COMMIT was lost. */
  record InDoubt(String xid, BatchPlan plan, Throwable cause) implements Attempt {}
}
