package io.tidegate.sdk;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How one client uses a channel. */
public final class ChannelOptions {
  private static final ChannelOptions NONE = new ChannelOptions(null);

  private final byte @Nullable [] cipherKey;

  private ChannelOptions(byte @Nullable [] cipherKey) {
    this.cipherKey = cipherKey;
  }

  /** Nothing special. */
  public static ChannelOptions none() {
    return NONE;
  }

  /**
   * Encrypts what is published and decrypts what is received, here: AES-256-GCM, with 32 bytes that
   * never leave this process.
   */
  public static ChannelOptions encrypted(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("a cipher key has 32 bytes, not " + key.length);
    }
    return new ChannelOptions(key.clone());
  }

  /** The same, the key in base64. */
  public static ChannelOptions encrypted(String base64Key) {
    return encrypted(Base64.getDecoder().decode(base64Key));
  }

  /** The key, a copy; null when the channel is not encrypted. */
  public byte @Nullable [] cipherKey() {
    return cipherKey == null ? null : cipherKey.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelOptions that && MessageDigest.isEqual(cipherKey, that.cipherKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cipherKey);
  }

  @Override
  public String toString() {
    return cipherKey == null ? "none" : "encrypted";
  }
}
