package io.tidegate.sdk.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code t=1777887060,v1=hex,v1=hex}.
 *
 * @param time as it was written: it is signed
 * @param parts all of them, others than {@code v1} too
 */
public record Signature(String time, List<String> parts) {
  /** Empty when there is no header, or none with a time. */
  public static Optional<Signature> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    List<String> parts = List.of(header.split(",", -1));
    return parts.stream()
        .filter(part -> part.startsWith("t="))
        .map(part -> part.substring(2))
        .findFirst()
        .filter(time -> time.matches("[0-9]{1,12}"))
        .map(time -> new Signature(time, parts));
  }

  /** Whether it was made at most so long before or after now. */
  public boolean isWithin(Duration tolerance, Instant now) {
    return Math.abs(now.getEpochSecond() - Long.parseLong(time)) <= tolerance.toSeconds();
  }

  /** Whether one of the secrets signed this body. Takes as long whether it did or not. */
  public boolean matches(byte[] body, List<String> secrets) {
    boolean genuine = false;
    for (String secret : secrets) {
      byte[] expected = ("v1=" + mac(body, secret)).getBytes(StandardCharsets.UTF_8);
      for (String part : parts) {
        genuine |= MessageDigest.isEqual(expected, part.getBytes(StandardCharsets.UTF_8));
      }
    }
    return genuine;
  }

  private String mac(byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
