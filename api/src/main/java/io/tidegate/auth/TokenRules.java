package io.tidegate.auth;

import io.tidegate.channel.ClientId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Key;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the claims of a token must be, and the principal they make; a ticket holds the same. */
final class TokenRules {
  static final Duration MAX_LIFETIME = Duration.ofHours(24);

  /** How far the clocks of those who sign and those who check may be apart. */
  static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final int MAX_CLIENT_ID = 512;

  private TokenRules() {}

  /**
   * @param key whose signature it has: app and tenant come from its row
   * @throws RefusedException TOKEN_EXPIRED, or the claims' own refusal
   */
  static AppPrincipal principal(Claims claims, Key key, long nowMillis, SharedCapabilities shared) {
    if (!key.name().app().value().equals(claims.audience())) {
      throw claims.refuse("aud is not the app of the key");
    }
    long issuedAt = claims.millis("iat");
    long expiresAt = claims.millis("exp");
    if (issuedAt > nowMillis + LEEWAY.toMillis()) {
      throw claims.refuse("iat lies in the future");
    }
    if (expiresAt <= issuedAt || expiresAt - issuedAt > MAX_LIFETIME.toMillis()) {
      throw claims.refuse("exp lies at most 24 h after iat");
    }
    if (claims.has("nbf") && claims.millis("nbf") > nowMillis + LEEWAY.toMillis()) {
      throw claims.refuse("nbf lies in the future");
    }
    requireNotExpired(expiresAt, nowMillis);
    return new AppPrincipal(
        key.tenant(),
        key.name().app(),
        key.name(),
        clientId(claims),
        new Rights(shared.of(claims.capabilities("cap")), key.capabilities()),
        claims.text("jti", TokenMint.MAX_TOKEN_ID),
        issuedAt,
        expiresAt / 1000,
        claims.limits("lim"));
  }

  static void requireNotExpired(long expiresAtMillis, long nowMillis) {
    if (nowMillis >= expiresAtMillis + LEEWAY.toMillis()) {
      throw new RefusedException(Refusal.TOKEN_EXPIRED, "the token has expired");
    }
  }

  private static @Nullable String clientId(Claims claims) {
    if (!claims.has("sub")) {
      return null;
    }
    String clientId = claims.text("sub", MAX_CLIENT_ID);
    if (!ClientId.isValid(clientId)) {
      throw claims.refuse("sub is not a clientId");
    }
    return clientId;
  }
}
