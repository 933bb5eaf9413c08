package io.tidegate.sdk.internal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Ids for messages: 96 random bits of this process and a count, at most 30 characters. */
public final class MessageIds {
  private static final String PROCESS = process();
  private static final AtomicLong COUNT = new AtomicLong();

  private MessageIds() {}

  /** One that nobody has had. */
  public static String next() {
    return PROCESS + Long.toString(COUNT.incrementAndGet(), Character.MAX_RADIX);
  }

  private static String process() {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random) + "-";
  }
}
