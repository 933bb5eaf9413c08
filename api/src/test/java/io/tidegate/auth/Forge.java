package io.tidegate.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes JWTs, good and bad, by hand: as a backend that signs for itself would, or an attacker.
 * Values of members are JSON text, so that nothing corrects them.
 */
final class Forge {
  private final Map<String, String> header = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private String secret = AuthFixture.SECRET;
  private String macName = "HmacSHA256";

  /** A token that is accepted as it is: for ada, 1 h, publish and subscribe under chat. */
  static Forge goodToken(MovableClock clock) {
    return new Forge()
        .header("alg", "\"HS256\"")
        .header("typ", "\"JWT\"")
        .header("kid", "\"482913.k1\"")
        .claim("aud", "\"482913\"")
        .claim("sub", "\"ada\"")
        .claim("cap", "{\"chat:*\":[\"publish\",\"subscribe\"]}")
        .claim("iat", clock.seconds())
        .claim("exp", clock.seconds() + 3600)
        .claim("jti", "\"t1\"");
  }

  Forge header(String name, String json) {
    header.put(name, json);
    return this;
  }

  Forge claim(String name, String json) {
    claims.put(name, json);
    return this;
  }

  Forge claim(String name, long number) {
    return claim(name, Long.toString(number));
  }

  Forge withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  Forge without(String name) {
    claims.remove(name);
    return this;
  }

  Forge secret(String other) {
    secret = other;
    return this;
  }

  Forge mac(String other) {
    macName = other;
    return this;
  }

  String sign() {
    return sign(json(header), json(claims), secret, macName);
  }

  /** Any text for header and claims, under a good signature. */
  static String sign(String header, String claims) {
    return sign(header, claims, AuthFixture.SECRET, "HmacSHA256");
  }

  private static String sign(String header, String claims, String secret, String macName) {
    String input = base64(header) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance(macName);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), macName));
      return input
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String unsigned() {
    return base64(json(header)) + "." + base64(json(claims)) + ".";
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
