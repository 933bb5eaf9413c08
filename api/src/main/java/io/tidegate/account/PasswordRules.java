package io.tidegate.account;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a password must be (NIST SP 800-63B-4, 3.1.1): long enough, and none that is tried first.
 * Nothing is asked of its characters.
 */
public final class PasswordRules {
  static final int MIN = 10;
  static final int MAX = 256;

  /** Fewer different characters are a pattern, not a password. */
  private static final int MIN_DIFFERENT = 5;

  private static final int MAX_STEPS_ASIDE = 2;

  /** Of what is tried first, what is long enough; without digits and signs at its ends. */
  private static final Set<String> COMMON =
      Set.of(
          "password",
          "passwordpassword",
          "passw0rd",
          "p@ssword",
          "p@ssw0rd",
          "qwertyuiop",
          "qwertyuiopasdf",
          "qwerty",
          "qwertyqwerty",
          "iloveyou",
          "iloveyouforever",
          "letmein",
          "letmeinplease",
          "welcome",
          "welcomehome",
          "administrator",
          "admin",
          "adminadmin",
          "changeme",
          "changemeplease",
          "changemenow",
          "trustno",
          "football",
          "baseball",
          "basketball",
          "superman",
          "starwars",
          "whatever",
          "princess",
          "sunshine",
          "monkey",
          "dragon",
          "master",
          "michael",
          "jordan",
          "liverpool",
          "manchester",
          "chocolate",
          "computer",
          "internet",
          "test",
          "testtest",
          "testpassword",
          "secret",
          "secretsecret",
          "mysecretpassword",
          "mypassword",
          "thisismypassword",
          "correcthorsebatterystaple",
          "opensesame",
          "tidegate",
          "tidegatetidegate",
          "tidegatepassword",
          "summer",
          "winter",
          "spring",
          "autumn",
          "q1w2e3r4t5",
          "q1w2e3r4t5y",
          "q1w2e3r4t5y6",
          "1q2w3e4r5t",
          "1q2w3e4r5t6y",
          "1qaz2wsx3e",
          "1qaz2wsx3edc",
          "zaq12wsx",
          "asdfghjkl",
          "asdfasdf",
          "zxcvbnm",
          "abcdefghij",
          "abc",
          "abcabcabc");

  private PasswordRules() {}

  /** As it is hashed: the same however a keyboard composes its letters. */
  public static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  /**
   * @throws RefusedException PASSWORD_UNSUITABLE
   */
  public static void require(String password, @Nullable Email email, @Nullable String name) {
    String normal = normal(password);
    int length = normal.codePointCount(0, normal.length());
    if (length < MIN || length > MAX) {
      throw unsuitable("A password has " + MIN + " to " + MAX + " characters.");
    }
    String plain = normal.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    String core = plain.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    if (normal.codePoints().distinct().count() < MIN_DIFFERENT || isSequence(plain)) {
      throw unsuitable("This password is a pattern.");
    }
    if (COMMON.contains(plain) || COMMON.contains(core)) {
      throw unsuitable("This password is one of the first that are tried.");
    }
    if (email != null && (isLike(plain, core, email.key()) || isLike(plain, core, email.local()))) {
      throw unsuitable("This password is the e-mail.");
    }
    if (name != null && isLike(plain, core, name)) {
      throw unsuitable("This password is the name.");
    }
  }

  /** {@code 1234567890}, {@code abcdefghij}: each character follows from the one before. */
  private static boolean isSequence(String plain) {
    int[] points = plain.codePoints().toArray();
    int aside = 0;
    for (int i = 1; i < points.length; i++) {
      if (Math.abs(points[i] - points[i - 1]) > 1) {
        aside++;
      }
    }
    return aside <= MAX_STEPS_ASIDE;
  }

  private static boolean isLike(String plain, String core, String word) {
    String other = word.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    return plain.equals(other)
        || core.equals(other)
        || plain.equals(new StringBuilder(other).reverse().toString())
        || plain.equals(other + other);
  }

  private static RefusedException unsuitable(String detail) {
    return new RefusedException(Refusal.PASSWORD_UNSUITABLE, detail);
  }
}
