package io.tidegate.publish;

import java.security.SecureRandom;

/**
 * Ids for messages that came without one: 20 characters of Crockford's base 32, 40 bits of time,
 * then 60 random ones. They sort by age, so that an index of them grows at one end, and say nothing
 * of anybody else's traffic, as a counter would.
 */
final class MessageIds {
  private static final int TIME_CHARS = 8;
  private static final int RANDOM_CHARS = 12;
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private MessageIds() {}

  static String make(long nowMillis) {
    long random = RANDOM.nextLong();
    char[] id = new char[TIME_CHARS + RANDOM_CHARS];
    for (int i = 0; i < TIME_CHARS; i++) {
      id[i] = ALPHABET[(int) (nowMillis >>> (5 * (TIME_CHARS - 1 - i))) & 31];
    }
    for (int i = TIME_CHARS; i < id.length; i++) {
      id[i] = ALPHABET[(int) random & 31];
      random >>>= 5;
    }
    return new String(id);
  }
}
