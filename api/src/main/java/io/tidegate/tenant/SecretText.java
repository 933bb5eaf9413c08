package io.tidegate.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text of a drawn secret: 256 random bits and a short checksum, 47 characters of base64url. The
 * checksum lets a mistyped or cut secret be told from a wrong one, and scanners find leaked ones;
 * it protects nothing.
 */
public final class SecretText {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int RANDOM_BYTES = 32;
  private static final int RANDOM_CHARACTERS = 43;
  private static final int CHECKSUM_BYTES = 3;
  private static final int LENGTH = RANDOM_CHARACTERS + 4;

  private SecretText() {}

  /** A new secret behind the prefix, which the checksum covers. */
  public static String draw(String prefix) {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    String drawn = prefix + ENCODER.encodeToString(bytes);
    return drawn + checksum(drawn);
  }

  /**
   * Whether the text has the shape of a secret with this prefix; says nothing of its being good.
   */
  public static boolean isShaped(String prefix, String text) {
    if (!text.startsWith(prefix) || text.length() != prefix.length() + LENGTH) {
      return false;
    }
    int end = prefix.length() + RANDOM_CHARACTERS;
    return text.substring(end).equals(checksum(text.substring(0, end)));
  }

  /** What is kept of a secret that need not be read again. */
  public static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String checksum(String text) {
    return ENCODER.encodeToString(java.util.Arrays.copyOf(hash(text), CHECKSUM_BYTES));
  }
}
