package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Seal;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Connection ids, and the keys that prove that a client had one: {@code id.seal}, or {@code
 * id.turn.seal} once it has gone on, the seal over app and clientId too. Nothing is stored, so a
 * key is good on any node and after a restart. A node that knows nothing of turns takes all before
 * the seal for an id: that seal is over other parts, so to it such a key is nobody's, and it says
 * so to the client.
 */
public final class ConnectionKeys {
  private static final int SEAL_BYTES = 15;
  private static final int RANDOM_BYTES = 9;
  private static final int MAX_TEXT = 64;

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

  /**
   * A connection, however often it has gone on.
   *
   * @param turn how often; of two lines of one connection that with the lower turn is the older
   */
  record Kept(String id, int turn) {
    Kept next() {
      return new Kept(id, turn + 1);
    }

    private String text() {
      return turn == 0 ? id : id + "." + turn;
    }
  }

  String keyOf(Kept connection, AppPrincipal principal) {
    byte[] proof = seal.over(SEAL_BYTES, parts(connection, principal));
    return connection.text() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
  }

  /** The connection of a key made for the same app and clientId, else null. */
  @Nullable Kept read(String connectionKey, AppPrincipal principal) {
    int dot = connectionKey.lastIndexOf('.');
    if (dot < 1 || dot > MAX_TEXT) {
      return null;
    }
    try {
      byte[] proof = Base64.getUrlDecoder().decode(connectionKey.substring(dot + 1));
      String text = connectionKey.substring(0, dot);
      Kept kept = parse(text);
      boolean isOurs =
          proof.length == SEAL_BYTES
              && kept.text().equals(text)
              && seal.matches(proof, parts(kept, principal));
      return isOurs ? kept : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * What a text says, be it ours or not.
   *
   * @throws IllegalArgumentException when it is not
   */
  private static Kept parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new Kept(text, 0)
        : new Kept(text.substring(0, dot), Integer.parseInt(text.substring(dot + 1)));
  }

  private static String[] parts(Kept connection, AppPrincipal principal) {
    String app = principal.app().value();
    String client = principal.clientId() == null ? "" : "=" + principal.clientId();
    return connection.turn() == 0
        ? new String[] {connection.id(), app, client}
        : new String[] {connection.id(), Integer.toString(connection.turn()), app, client};
  }
}
