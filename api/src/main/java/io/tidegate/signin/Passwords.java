package io.tidegate.signin;

import io.tidegate.account.PasswordRules;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id (RFC 9106) and the least that OWASP's Password Storage Cheat Sheet
 * recommends: 19 MiB, two passes, one lane. Kept in the PHC string format, parameters included.
 */
@Singleton
public class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Hashes under way at a time: each holds its 19 MiB, and a core. */
  private static final int AT_ONCE = 2;

  /** Who has to wait for longer is told to come back. */
  private static final int WAIT_SECONDS = 5;

  private static final String PHC_PREFIX =
      "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";
  private static final Pattern PHC =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  /** Of a password that nobody knows: what is compared where there is no account. */
  private final String nobodys =
      PHC_PREFIX + encode(drawn(SALT_BYTES)) + "$" + encode(drawn(HASH_BYTES));

  /**
   * @throws RefusedException OVERLOADED when too many are hashed already
   */
  public String hash(String password) {
    byte[] salt = drawn(SALT_BYTES);
    byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    return PHC_PREFIX + encode(salt) + "$" + encode(hash);
  }

  /**
   * The same work whether there is a hash to compare with or not.
   *
   * @param known null where there is no account, or none with a password; then false
   * @throws RefusedException OVERLOADED when too many are hashed already
   */
  public boolean matches(String password, @Nullable String known) {
    Matcher parts = PHC.matcher(known == null ? nobodys : known);
    if (!parts.matches()) {
      throw new IllegalStateException("a password's hash cannot be read");
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] hash =
        argon2(
            password,
            salt,
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            expected.length);
    return MessageDigest.isEqual(hash, expected) & known != null;
  }

  private byte[] argon2(
      String password, byte[] salt, int memory, int passes, int lanes, int length) {
    await();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      byte[] text = PasswordRules.normal(password).getBytes(StandardCharsets.UTF_8);
      generator.generateBytes(text, hash);
      return hash;
    } finally {
      permits.release();
    }
  }

  private void await() {
    try {
      if (permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw RefusedException.retryAfter(
        Refusal.OVERLOADED, "Too many sign in at once.", TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
  }

  private byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }
}
