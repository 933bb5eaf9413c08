package io.tidegate.problem;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in answers, logs and audit events: what {@code X-Request-Id} carries. A
 * client's own is kept when it is safe to write anywhere, so that it can be found across systems.
 */
public final class RequestId {
  public static final String HEADER = "X-Request-Id";

  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 64;
  private static final int MADE_LENGTH = 20;
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestId() {}

  /** The client's id when it has 8 to 64 characters of {@code [A-Za-z0-9._-]}, else a new one. */
  public static String acceptOrMake(@Nullable String offered) {
    return offered != null && isSafe(offered) ? offered : make();
  }

  /** A new id: 100 random bits. */
  public static String make() {
    byte[] random = new byte[MADE_LENGTH];
    RANDOM.nextBytes(random);
    char[] id = new char[MADE_LENGTH];
    for (int i = 0; i < MADE_LENGTH; i++) {
      id[i] = ALPHABET[random[i] & 31];
    }
    return new String(id);
  }

  private static boolean isSafe(String id) {
    if (id.length() < MIN_LENGTH || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
