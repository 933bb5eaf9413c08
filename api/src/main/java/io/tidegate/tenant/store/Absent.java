package io.tidegate.tenant.store;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** The one answer to what is not there and to what is another tenant's. */
public final class Absent {
  private static final String DETAIL = "There is nothing here.";

  private Absent() {}

  public static RefusedException refusal() {
    return new RefusedException(Refusal.NOT_FOUND, DETAIL);
  }
}
