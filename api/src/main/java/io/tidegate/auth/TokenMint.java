package io.tidegate.auth;

import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Key;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens, signed with the key that asks, and tickets, signed with the key behind the token.
 * Trusts its callers: the key may issue tokens, the principal was checked.
 */
@Singleton
public final class TokenMint {
  /** Characters of a {@code jti}. */
  public static final int MAX_TOKEN_ID = 128;

  /** Room in 8 kB of headers. */
  private static final int MAX_TOKEN = 7168;

  /** Room in a request line of 8 kB; a little more than the token it stands for. */
  private static final int MAX_TICKET = 7680;

  private final KeyRing keys;
  private final InstantSource clock;

  TokenMint(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * @param expiresAtMillis ms since 1970; for a ticket, until when it opens a connection
   */
  public record Minted(String jwt, String id, long expiresAtMillis) {}

  /**
   * Signed with the key that asks.
   *
   * @param clientId null for an anonymous client
   * @param lifetime whole seconds, at most 24 h
   */
  public Minted token(
      AppPrincipal key,
      @Nullable ClientId clientId,
      Capabilities capabilities,
      TokenLimits limits,
      Duration lifetime) {
    return token(key, key.key(), clientId, capabilities, limits, lifetime);
  }

  /**
   * @param signer a key of the same app
   * @throws RefusedException KEY_REVOKED or KEY_EXPIRED: nothing that it signs would be taken
   */
  public Minted token(
      AppPrincipal by,
      KeyName signer,
      @Nullable ClientId clientId,
      Capabilities capabilities,
      TokenLimits limits,
      Duration lifetime) {
    Key key = keys.find(signer);
    if (key != null) {
      keys.requireInForce(key, Steps.UNTOLD);
    }
    long now = clock.millis();
    long expiresAt = now / 1000 + lifetime.toSeconds();
    String id = newId();
    Map<String, Object> claims = claims(by, id, now, expiresAt, limits);
    claims.put("cap", Grants.asClaim(capabilities));
    if (clientId != null) {
      claims.put("sub", clientId.value());
    }
    String jwt = sign(signer, SignedJwts.TOKEN, claims);
    requireAtMost(MAX_TOKEN, jwt, "/capabilities");
    return new Minted(jwt, id, expiresAt * 1000);
  }

  /**
   * @param channels what to narrow the token's rights to; empty for all of them
   * @throws RefusedException CAPABILITY_REFUSED for a channel the token has no rights on,
   *     TOKEN_REQUIRED for a key
   */
  public Minted ticket(AppPrincipal token, List<ChannelName> channels) {
    String tokenId = token.tokenId();
    if (tokenId == null || tokenId.isEmpty()) {
      throw new RefusedException(Refusal.TOKEN_REQUIRED, "a ticket stands for a token");
    }
    long useBy = Math.min(clock.millis() + TicketRules.USABLE.toMillis(), token.expiresAt() * 1000);
    String id = newId();
    Map<String, Object> claims =
        claims(token, tokenId, token.issuedAtMillis(), token.expiresAt(), token.limits());
    claims.put("cap", Grants.asClaim(TicketRules.capabilities(token.rights(), channels)));
    if (token.clientId() != null) {
      claims.put("sub", token.clientId());
    }
    claims.put(TicketRules.ID, id);
    claims.put(TicketRules.USE_BY, seconds(useBy));
    String jwt = sign(token.key(), SignedJwts.TICKET, claims);
    requireAtMost(MAX_TICKET, jwt, "/channels");
    return new Minted(jwt, id, useBy);
  }

  private static Map<String, Object> claims(
      AppPrincipal by, String id, long issuedAtMillis, long expiresAt, TokenLimits limits) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", by.app().value());
    claims.put("jti", id);
    claims.put("iat", seconds(issuedAtMillis));
    claims.put("exp", expiresAt);
    if (!limits.values().isEmpty()) {
      claims.put("lim", limits.asClaim());
    }
    return claims;
  }

  private String sign(KeyName name, JOSEObjectType type, Map<String, Object> claims) {
    Key key = keys.find(name);
    if (key == null) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "the key is gone");
    }
    JWSHeader header =
        new JWSHeader.Builder(SignedJwts.ALGORITHM).type(type).keyID(name.toString()).build();
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(new MACSigner(key.secret()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key's secret has at least 256 bits", e);
    }
    return jws.serialize();
  }

  private static void requireAtMost(int max, String jwt, String field) {
    if (jwt.length() > max) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, field, "the JWT would be longer than " + max + " characters");
    }
  }

  /** A NumericDate with ms, so that it is told from a revocation in the same second. */
  private static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }

  private static String newId() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }
}
