package io.tidegate.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Tokens of an app that no longer count: all that the target covers and that were issued before a
 * time.
 *
 * @param issuedBeforeMillis ms since 1970, exclusive; {@link Long#MAX_VALUE} for one token
 * @param expiresAt from when on no token can be alive that it covers: then it may be forgotten
 */
public record Revocation(Target target, long issuedBeforeMillis, Instant expiresAt) {
  /** How long a token can be accepted: its {@code iat} may lie ahead, its {@code exp} behind. */
  private static final Duration LONGEST_TOKEN =
      TokenRules.MAX_LIFETIME.plus(TokenRules.LEEWAY).plus(TokenRules.LEEWAY);

  /** What a revocation names its tokens by. */
  public enum Kind {
    KEY("key"),
    CLIENT("client"),
    TOKEN("token");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    static Kind ofWireName(String name) {
      return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Which tokens.
   *
   * @param value a key id, a clientId or a token id
   */
  public record Target(Kind kind, String value) {}

  /** All of a key's or a client's tokens that were issued before a time. */
  public static Revocation issuedBefore(
      Kind kind, String value, long issuedBeforeMillis, Instant now) {
    Instant lastIssued = Instant.ofEpochMilli(Math.max(issuedBeforeMillis, now.toEpochMilli()));
    return new Revocation(
        new Target(kind, value), issuedBeforeMillis, lastIssued.plus(LONGEST_TOKEN));
  }

  /** One token, whenever it was issued. */
  public static Revocation ofToken(String tokenId, Instant now) {
    return new Revocation(new Target(Kind.TOKEN, tokenId), Long.MAX_VALUE, now.plus(LONGEST_TOKEN));
  }

  /** The wider of two revocations of one target. */
  Revocation or(Revocation other) {
    return new Revocation(
        target,
        Math.max(issuedBeforeMillis, other.issuedBeforeMillis),
        expiresAt.isAfter(other.expiresAt) ? expiresAt : other.expiresAt);
  }
}
