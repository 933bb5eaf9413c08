package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Seal;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Connection ids, and the keys that prove that a client had one: {@code id.seal}, the seal over app
 * and clientId too. Nothing is stored, so a key is good on any node and after a restart.
 */
public final class ConnectionKeys {
  private static final int SEAL_BYTES = 15;
  private static final int RANDOM_BYTES = 9;
  private static final int MAX_ID = 64;

  private final String node;
  private final Seal seal;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param node short name of this node: ids begin with it
   */
  public ConnectionKeys(String node, Seal seal) {
    this.node = node;
    this.seal = seal;
  }

  String node() {
    return node;
  }

  String newId() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return node + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String keyOf(String connectionId, AppPrincipal principal) {
    byte[] proof = seal.over(SEAL_BYTES, parts(connectionId, principal));
    return connectionId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
  }

  /** The connection id of a key made for the same app and clientId, else null. */
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
