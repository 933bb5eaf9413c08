package io.tidegate.publish;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/** In whose name a principal may publish. */
final class Authorship {
  private Authorship() {}

  /**
   * The clientId of a message: for a key whatever it says, for a token its own.
   *
   * @throws RefusedException {@link Refusal#CLIENT_ID_INVALID} when the message names another
   */
  static @Nullable String clientId(AppPrincipal who, @Nullable String given) {
    if (given == null || who.isKey() || given.equals(who.clientId())) {
      return given == null ? who.clientId() : given;
    }
    throw new RefusedException(
        Refusal.CLIENT_ID_INVALID,
        who.clientId() == null
            ? "an anonymous token publishes without a clientId"
            : "a token publishes under its own clientId only");
  }
}
