package io.tidegate.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that this installation made what a client brings back: HMAC-SHA256 under a key derived
 * from the master key for one purpose, so that a seal made for one is worthless for another.
 */
public final class Seal {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param purpose what is sealed, such as {@code connection-key}
   */
  public Seal(byte[] masterKey, String purpose) {
    this.key = new SecretKeySpec(keyFor(masterKey, purpose), ALGORITHM);
  }

  /**
   * 32 bytes of the master key's for one purpose: the first block of HKDF-Expand (RFC 5869), which
   * needs no extract as the master key is random already.
   */
  static byte[] keyFor(byte[] masterKey, String purpose) {
    return mac(new SecretKeySpec(masterKey, ALGORITHM), bytes("tidegate:" + purpose));
  }

  /** The first {@code length} bytes of the seal over the parts, each told apart by its length. */
  public byte[] over(int length, String... parts) {
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      joined.append(part.length()).append(':').append(part);
    }
    return Arrays.copyOf(mac(key, bytes(joined.toString())), length);
  }

  /** Compares in constant time. */
  public boolean matches(byte[] seal, String... parts) {
    return seal.length > 0 && MessageDigest.isEqual(seal, over(seal.length, parts));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] mac(SecretKeySpec key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
