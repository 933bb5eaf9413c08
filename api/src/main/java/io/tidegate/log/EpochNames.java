package io.tidegate.log;

import io.tidegate.channel.Epoch;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of epochs: a channel's own random key, and in the database its generation behind it. */
final class EpochNames {
  private static final int KEY_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private EpochNames() {}

  /** 16 hex digits, never given twice. */
  static String randomKey() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static Epoch random() {
    return new Epoch(randomKey());
  }

  /** {@code key.generation}, for instance {@code 5f0c9a1be27d4410.1}. */
  static Epoch of(String key, int generation) {
    return new Epoch(key + "." + generation);
  }
}
