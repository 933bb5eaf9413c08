package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Seal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Connection keys as the release before makes and reads them: it does not know turns. */
final class KeysOfTheReleaseBefore {
  private static final int SEAL_BYTES = 15;
  private static final int MAX_ID = 64;

  private final Seal seal;

  KeysOfTheReleaseBefore(Seal seal) {
    this.seal = seal;
  }

  String keyOf(String connectionId, AppPrincipal principal) {
    byte[] proof = seal.over(SEAL_BYTES, parts(connectionId, principal));
    return connectionId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
  }

  @Nullable String idOf(String connectionKey, AppPrincipal principal) {
    int dot = connectionKey.lastIndexOf('.');
    if (dot < 1 || dot > MAX_ID) {
      return null;
    }
    try {
      byte[] proof = Base64.getUrlDecoder().decode(connectionKey.substring(dot + 1));
      String id = connectionKey.substring(0, dot);
      return proof.length == SEAL_BYTES && seal.matches(proof, parts(id, principal)) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String[] parts(String connectionId, AppPrincipal principal) {
    String client = principal.clientId() == null ? "" : "=" + principal.clientId();
    return new String[] {connectionId, principal.app().value(), client};
  }
}
