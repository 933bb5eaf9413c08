package io.tidegate.e2e.access;

import io.tidegate.e2e.rest.Credential;
import java.util.Arrays;
import java.util.List;

/**
 * A credential that must not open a route, and the refusals that are right.
 *
 * @param who as it reads in a report
 * @param codes of the catalogue, any of them
 */
record Attempt(String who, Credential credential, List<Integer> codes) {
  static Attempt of(String who, Credential credential, Integer... codes) {
    return new Attempt(who, credential, Arrays.asList(codes));
  }

  @Override
  public String toString() {
    return who;
  }
}
