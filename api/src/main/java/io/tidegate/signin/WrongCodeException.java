package io.tidegate.signin;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** A code was shown, and it is not good: to be told from none, which is no guess. */
@SuppressWarnings("serial")
final class WrongCodeException extends RefusedException {
  static final String DETAIL = "A code of the second factor is needed, or it is not good.";

  WrongCodeException() {
    super(Refusal.SECOND_FACTOR_NEEDED, DETAIL);
  }
}
