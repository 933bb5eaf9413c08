package io.tidegate.tenant;

import io.tidegate.settings.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database: AES-256-GCM under the master key, which is never in it. What was
 * sealed for one purpose ({@code label}, authenticated) opens for no other, so a sealed secret
 * moved to another row is noticed.
 *
 * <p>Layout: format (1) | master key id (4) | nonce (12) | ciphertext and tag.
 */
public final class Envelope {
  private static final byte FORMAT = 1;
  private static final int ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 1 + ID_BYTES + NONCE_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final byte[] keyId;

  public Envelope(MasterKey masterKey) {
    key = new SecretKeySpec(masterKey.bytes(), "AES");
    keyId = HexFormat.of().parseHex(masterKey.id());
  }

  public byte[] seal(String label, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).put(keyId).put(nonce).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, header, label).doFinal(secret);
      return ByteBuffer.allocate(header.length + sealed.length).put(header).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not there", e);
    }
  }

  /**
   * @throws IllegalArgumentException when it was sealed with another master key or label, or was
   *     changed since
   */
  public byte[] open(String label, byte[] sealed) {
    if (sealed.length < HEADER_BYTES || sealed[0] != FORMAT) {
      throw new IllegalArgumentException("not an envelope");
    }
    if (!Arrays.equals(sealed, 1, 1 + ID_BYTES, keyId, 0, ID_BYTES)) {
      throw new IllegalArgumentException("sealed with another master key");
    }
    byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, header, label)
          .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the envelope does not open", e);
    }
  }

  private Cipher cipher(int mode, byte[] header, String label) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, 1 + ID_BYTES, NONCE_BYTES));
    cipher.updateAAD(header, 0, 1 + ID_BYTES);
    cipher.updateAAD(label.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
