package io.tidegate.scenarios.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A backend's key, which can sign tokens without asking the gateway.
 *
 * @param name {@code appId.keyId}
 */
public record Key(String name, String secret) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  /** From the header it is sent in. */
  static Key ofAuthorization(String basic) {
    String key =
        new String(
            Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
    int colon = key.indexOf(':');
    return new Key(key.substring(0, colon), key.substring(colon + 1));
  }

  /** A JWT for one client that may all a client may. */
  String token(String clientId, long ttlSeconds) {
    long now = System.currentTimeMillis() / 1_000;
    Map<String, Object> claims =
        Map.of(
            "aud",
            name.substring(0, name.indexOf('.')),
            "sub",
            clientId,
            "cap",
            Map.of("*", List.of("publish", "subscribe", "presence", "history")),
            "iat",
            now,
            "exp",
            now + ttlSeconds,
            "jti",
            UUID.randomUUID().toString());
    try {
      String signed = part(Map.of("alg", "HS256", "typ", "JWT", "kid", name)) + "." + part(claims);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature);
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(Map<String, ?> json) throws JsonProcessingException {
    return URL.encodeToString(JSON.writeValueAsBytes(json));
  }
}
