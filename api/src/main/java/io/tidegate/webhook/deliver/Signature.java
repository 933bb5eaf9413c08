package io.tidegate.webhook.deliver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code t=<unix seconds>,v1=<hex>[,v1=<hex>]}: HMAC-SHA256 over {@code t.body}, by each secret
 * that is good.
 */
final class Signature {
  static final String HEADER = "Tidegate-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  static String of(Instant now, byte[] body, List<String> secrets) {
    String time = Long.toString(now.getEpochSecond());
    StringBuilder header = new StringBuilder("t=").append(time);
    for (String secret : secrets) {
      header.append(",v1=").append(mac(time, body, secret));
    }
    return header.toString();
  }

  private static String mac(String time, byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
    }
  }
}
