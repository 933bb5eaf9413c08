package io.tidegate.sdk.internal.auth;

import io.tidegate.sdk.Token;
import io.tidegate.sdk.TokenRequest;
import io.tidegate.sdk.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JWTs (RFC 7519) signed with a key's secret: HS256, as {@code POST /v1/tokens} of the contract
 * says.
 */
public final class TokenSigner {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Key key;
  private final Clock clock;

  public TokenSigner(Key key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  public Token sign(TokenRequest request) {
    long issued = clock.instant().getEpochSecond();
    long expires = issued + request.ttl().toSeconds();
    String id = UUID.randomUUID().toString();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", key.appId());
    if (request.clientId() != null) {
      claims.put("sub", request.clientId());
    }
    claims.put("cap", request.capabilities());
    claims.put("iat", issued);
    claims.put("exp", expires);
    claims.put("jti", id);
    if (!request.limits().isEmpty()) {
      claims.put("lim", request.limits());
    }
    Map<String, String> header = new LinkedHashMap<>();
    header.put("alg", "HS256");
    header.put("typ", "JWT");
    header.put("kid", key.name());
    String signed = part(header) + '.' + part(claims);
    return new Token(signed + '.' + mac(signed), id, Instant.ofEpochSecond(expires));
  }

  private static String part(Map<String, ?> value) {
    return BASE64.encodeToString(JsonWriter.write(value).getBytes(StandardCharsets.UTF_8));
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
      return BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
