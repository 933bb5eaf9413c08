package io.tidegate.json;

import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The faults of one request body, collected so that one answer names them all. */
public final class Faults {
  /** An answer need not name more than these. */
  private static final int MAX = 50;

  private final List<FieldError> errors = new ArrayList<>(0);
  private final Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);

  public void add(Refusal refusal, String path, String message) {
    refusals.add(refusal);
    if (errors.size() < MAX) {
      errors.add(new FieldError(path, message));
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * @throws RefusedException when there are any, of one row of the catalogue for all: the unknown
   *     field's, else the one they share, else {@link Refusal#FIELD_INVALID}
   */
  public void raise() {
    if (errors.isEmpty()) {
      return;
    }
    Refusal refusal =
        refusals.contains(Refusal.FIELD_UNKNOWN)
            ? Refusal.FIELD_UNKNOWN
            : refusals.size() == 1 ? refusals.iterator().next() : Refusal.FIELD_INVALID;
    String detail =
        errors.size() == 1
            ? (errors.getFirst().field() + " " + errors.getFirst().message()).strip()
            : errors.size() + " fields are at fault.";
    throw RefusedException.ofFields(refusal, detail, errors);
  }
}
