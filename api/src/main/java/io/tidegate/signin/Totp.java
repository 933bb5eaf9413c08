package io.tidegate.signin;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Codes of an authenticator app: RFC 6238 with what all apps know, SHA-1, 30 s and six digits. A
 * code of the step before or behind is taken, since clocks differ.
 */
final class Totp {
  /** As many as SHA-1 makes (RFC 4226, 4: R6). */
  static final int SECRET_BYTES = 20;

  private static final int STEP_SECONDS = 30;
  private static final int WINDOW = 1;
  private static final int MODULUS = 1_000_000;
  private static final String ISSUER = "Tidegate";

  private Totp() {}

  /**
   * The time step whose code this is; null when it is none of these moments'. Every step is
   * compared, so that the time tells nothing.
   */
  static @Nullable Long step(byte[] secret, String code, Instant now) {
    long current = now.getEpochSecond() / STEP_SECONDS;
    Long found = null;
    for (long step = current - WINDOW; step <= current + WINDOW; step++) {
      if (isSame(code(secret, step), code)) {
        found = step;
      }
    }
    return found;
  }

  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a QR code holds, as Google Authenticator's key URI format has it. */
  static String uri(String account, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(ISSUER, encode(account), secret, ISSUER);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
