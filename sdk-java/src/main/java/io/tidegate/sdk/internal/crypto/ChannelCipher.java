package io.tidegate.sdk.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) for one channel. Text is encrypted to base64 of a random 12-byte
 * nonce, the ciphertext and its 16-byte tag; channel and message id are authenticated with it, so
 * that nothing can be moved elsewhere. A key is good for 2^32 messages.
 */
public final class ChannelCipher {
  /**
   * The encoding of an encrypted message; {@code /base64} behind it says that the data were bytes.
   */
  public static final String ENCODING = "cipher+aes-256-gcm";

  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final SecretKeySpec key;
  private final String channel;
  private final SecureRandom random = new SecureRandom();

  public ChannelCipher(byte[] key, String channel) {
    this.key = new SecretKeySpec(key, "AES");
    this.channel = channel;
  }

  public String encrypt(String id, String text) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return encrypt(id, text, nonce);
  }

  /** With a nonce that must not have been used before. */
  String encrypt(String id, String text, byte[] nonce) {
    try {
      byte[] plain = text.getBytes(StandardCharsets.UTF_8);
      byte[] sealed = new byte[NONCE + plain.length + TAG];
      System.arraycopy(nonce, 0, sealed, 0, NONCE);
      cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(plain, 0, plain.length, sealed, NONCE);
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Throws when it was not encrypted so, for this channel, id and key. */
  public String decrypt(String id, String data) throws GeneralSecurityException {
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64");
    }
    if (sealed.length < NONCE + TAG) {
      throw new GeneralSecurityException("too short");
    }
    byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
    byte[] plain =
        cipher(Cipher.DECRYPT_MODE, id, nonce).doFinal(sealed, NONCE, sealed.length - NONCE);
    return new String(plain, StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD((channel + "\n" + id).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
