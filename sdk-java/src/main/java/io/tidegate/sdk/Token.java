package io.tidegate.sdk;

import java.time.Instant;

/**
 * A token for a client: a secret, which {@link #toString} does not tell.
 *
 * @param token the JWT
 * @param tokenId by which it can be revoked
 */
public record Token(String token, String tokenId, Instant expiresAt) {
  @Override
  public String toString() {
    return "token " + tokenId + " until " + expiresAt;
  }
}
