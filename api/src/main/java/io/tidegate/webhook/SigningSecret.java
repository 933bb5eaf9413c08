package io.tidegate.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook's calls are signed with: only in memory, never printed.
 *
 * @param text its ASCII bytes are the key of the HMAC
 * @param expiresAt null while it is the newest one
 */
public record SigningSecret(String text, @Nullable Instant expiresAt) {
  /** What a secret's text begins with. */
  public static final String PREFIX = "tgw_";

  boolean isGood(Instant now) {
    return expiresAt == null || expiresAt.isAfter(now);
  }

  @Override
  public String toString() {
    return "SigningSecret[]";
  }
}
