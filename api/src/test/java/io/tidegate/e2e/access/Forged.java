package io.tidegate.e2e.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs as a backend signs them itself, or whoever has a secret of their own. */
public final class Forged {
  private static final int HOUR = 3600;

  private Forged() {}

  /** For everything but admin, expired an hour ago. */
  public static String expired(String keyName, String secret) {
    long now = System.currentTimeMillis() / 1000;
    return jwt(keyName, secret, "ada", now - 2 * HOUR, now - HOUR);
  }

  /** For everything but admin, good for an hour, when the secret is the key's. */
  public static String good(String keyName, String secret) {
    return good(keyName, secret, "ada");
  }

  /** The same for this client. */
  public static String good(String keyName, String secret, String clientId) {
    long now = System.currentTimeMillis() / 1000;
    return jwt(keyName, secret, clientId, now, now + HOUR);
  }

  /** With these claims, JSON, whatever they are. */
  public static String of(String keyName, String secret, String claims) {
    String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + keyName + "\"}";
    return signed(header, claims, secret);
  }

  private static String jwt(
      String keyName, String secret, String clientId, long issuedAt, long expiresAt) {
    String claims =
        """
        {"aud":"%s","sub":"%s","jti":"forged","iat":%d,"exp":%d,\
        "cap":{"*":["publish","subscribe","presence","history"]}}\
        """
            .formatted(keyName.substring(0, keyName.indexOf('.')), clientId, issuedAt, expiresAt);
    return of(keyName, secret, claims);
  }

  private static String signed(String header, String claims, String secret) {
    String input =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
