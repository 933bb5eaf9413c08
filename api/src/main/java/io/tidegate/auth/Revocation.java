package io.tidegate.auth;

import java.time.Instant;

/**
 * Tokens of an app that no longer count: all that the target covers and that were issued before a
 * time.
 *
 * @param issuedBeforeMillis ms since 1970, exclusive; {@link Long#MAX_VALUE} for one token
 * @param expiresAt from when on no token can be alive that it covers: then it may be forgotten
 */
public record Revocation(Target target, long issuedBeforeMillis, Instant expiresAt) {
  /** What a revocation names its tokens by. */
  public enum Kind {
    KEY,
    CLIENT,
    TOKEN
  }

  /**
   * Which tokens.
   *
   * @param value a key id, a clientId or a token id
   */
  public record Target(Kind kind, String value) {}

  /** The wider of two revocations of one target. */
  Revocation or(Revocation other) {
    return new Revocation(
        target,
        Math.max(issuedBeforeMillis, other.issuedBeforeMillis),
        expiresAt.isAfter(other.expiresAt) ? expiresAt : other.expiresAt);
  }
}
