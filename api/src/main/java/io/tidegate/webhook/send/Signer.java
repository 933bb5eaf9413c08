package io.tidegate.webhook.send;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/**
 * The header by which a receiver knows that a call is the gateway's, whole, and of now: {@code
 * t=<unix seconds>,v1=<hex>}, where {@code v1} is HMAC-SHA256 (RFC 2104) over {@code t.body}. While
 * a secret is being replaced there is one {@code v1} for each that is good, so that a receiver may
 * know either. Receivers ignore what they do not know: a later version may add {@code v2}.
 */
public final class Signer {
  public static final String HEADER = "Tidegate-Signature";

  static final String ALGORITHM = "HmacSHA256";

  private Signer() {}

  /**
   * The header's value. Each call is signed anew, a repeated one too: receivers refuse what is old.
   *
   * @param good every secret that is valid now, at least one
   */
  public static String sign(Instant now, byte[] body, List<SigningSecret> good) {
    if (good.isEmpty()) {
      throw new IllegalArgumentException("no secret to sign with");
    }
    String time = Long.toString(now.getEpochSecond());
    return good.stream()
        .map(secret -> "v1=" + mac(time, body, secret))
        .collect(Collectors.joining(",", "t=" + time + ",", ""));
  }

  private static String mac(String time, byte[] body, SigningSecret secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret.key());
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
    }
  }
}
