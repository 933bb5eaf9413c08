package io.tidegate.auth;

import io.tidegate.channel.ClientId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Key;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the claims of a token must be, and the principal they make; a ticket holds the same. */
final class TokenRules {
  static final Duration MAX_LIFETIME = Duration.ofHours(24);

  /** How far the clocks of those who sign and those who check may be apart. */
  static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final int MAX_CLIENT_ID = 512;

  private static final String LIFETIME =
      "iat and nbf are past, exp lies at most 24 h behind iat; 30 s of leeway";

  private TokenRules() {}

  /**
   * @param key whose signature it has: app and tenant come from its row
   * @throws RefusedException TOKEN_EXPIRED, or the claims' own refusal
   */
  static AppPrincipal principal(
      Claims claims, Key key, long nowMillis, SharedCapabilities shared, Steps steps) {
    if (!key.name().app().value().equals(claims.audience())) {
      throw claims
          .refuse("aud is not the app of the key")
          .by(Step.TOKEN_AUDIENCE, "aud is " + key.name().app() + ", the app of the key");
    }
    steps.passed(Step.TOKEN_AUDIENCE, "aud is the app of the key");
    long issuedAt = claims.millis("iat");
    long expiresAt = claims.millis("exp");
    requireLifetime(claims, issuedAt, expiresAt, nowMillis);
    steps.passed(Step.TOKEN_LIFETIME, LIFETIME);
    requireNotExpired(expiresAt, nowMillis);
    if (steps.areHeard()) {
      steps.passed(Step.TOKEN_EXPIRY, "exp is " + Instant.ofEpochMilli(expiresAt));
    }
    AppPrincipal principal =
        new AppPrincipal(
            key.tenant(),
            key.name().app(),
            key.name(),
            clientId(claims),
            new Rights(shared.of(claims.capabilities("cap")), key.capabilities()),
            claims.text("jti", TokenMint.MAX_TOKEN_ID),
            issuedAt,
            expiresAt / 1000,
            claims.limits("lim"));
    steps.passed(Step.TOKEN_CLAIMS, "sub, cap, jti and lim as the contract has them");
    return principal;
  }

  private static void requireLifetime(
      Claims claims, long issuedAt, long expiresAt, long nowMillis) {
    String broken = null;
    if (issuedAt > nowMillis + LEEWAY.toMillis()) {
      broken = "iat lies in the future";
    } else if (expiresAt <= issuedAt || expiresAt - issuedAt > MAX_LIFETIME.toMillis()) {
      broken = "exp lies at most 24 h after iat";
    } else if (claims.has("nbf") && claims.millis("nbf") > nowMillis + LEEWAY.toMillis()) {
      broken = "nbf lies in the future";
    }
    if (broken != null) {
      throw claims.refuse(broken).by(Step.TOKEN_LIFETIME, LIFETIME);
    }
  }

  static void requireNotExpired(long expiresAtMillis, long nowMillis) {
    if (nowMillis >= expiresAtMillis + LEEWAY.toMillis()) {
      throw new RefusedException(Refusal.TOKEN_EXPIRED, "the token has expired")
          .by(Step.TOKEN_EXPIRY, "exp was " + Instant.ofEpochMilli(expiresAtMillis));
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
