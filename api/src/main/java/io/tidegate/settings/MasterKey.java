package io.tidegate.settings;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that seals what the database keeps sealed: 32 bytes, never in the database.
 *
 * @param id tells master keys apart without telling anything of them
 */
@SuppressWarnings("ArrayRecordComponent") // a secret is never compared by equals
public record MasterKey(String id, byte[] bytes) {
  public static final int BYTES = 32;

  /** Random bytes repeat a value now and then; a key with fewer different ones was not drawn. */
  private static final int MIN_DIFFERENT_BYTES = 16;

  /**
   * Reads 32 bytes as base64, base64url or hex.
   *
   * @throws IllegalArgumentException with the reason, which never holds the text
   */
  static MasterKey parse(String text) {
    byte[] bytes = decode(text);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("is not 32 bytes as base64 or hex");
    }
    long different =
        java.util.stream.IntStream.range(0, BYTES).map(i -> bytes[i]).distinct().count();
    if (different < MIN_DIFFERENT_BYTES) {
      throw new IllegalArgumentException("is too weak: draw 32 random bytes");
    }
    return new MasterKey(HexFormat.of().formatHex(sha256(bytes), 0, 4), bytes);
  }

  private static byte[] decode(String text) {
    try {
      return text.length() == 2 * BYTES
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
