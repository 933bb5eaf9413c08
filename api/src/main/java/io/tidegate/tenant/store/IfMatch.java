package io.tidegate.tenant.store;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Set;

/**
 * The versions a change is meant for.
 *
 * @param any whether every version will do
 */
public record IfMatch(boolean any, Set<Long> versions) {
  public static final IfMatch ANY = new IfMatch(true, Set.of());

  /**
   * @throws RefusedException {@link Refusal#PRECONDITION_FAILED}
   */
  public void check(long version) {
    if (!any && !versions.contains(version)) {
      throw new RefusedException(
          Refusal.PRECONDITION_FAILED, "It was changed since the version that If-Match names.");
    }
  }
}
