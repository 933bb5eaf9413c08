package io.tidegate.account;

import java.time.Duration;

/** How long sessions and links last (OWASP ASVS 5.0, V7.3). */
public final class SessionRules {
  /** Without a request. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** Whatever is done with it. */
  public static final Duration ABSOLUTE = Duration.ofHours(12);

  /** Of one person; the oldest ends when there is one more. */
  public static final int MAX_PER_ACCOUNT = 20;

  public static final Duration INVITATION = Duration.ofDays(7);

  /** Of the link that a start prints. */
  public static final Duration LINK = Duration.ofMinutes(10);

  private SessionRules() {}
}
