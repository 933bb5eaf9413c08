package io.tidegate.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** How limits are named in Redis: with the hash tag of their partition and a hash of their name. */
final class LimitKeys {
  private static final int HASH_BYTES = 15;

  private LimitKeys() {}

  /** Of a partition as a whole. */
  static String of(int partition, String suffix) {
    return "{tgl" + partition + "}:" + suffix;
  }

  static String named(int partition, String name) {
    return of(partition, "l:" + hash(name));
  }

  static String hash(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
