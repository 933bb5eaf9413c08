package io.tidegate.webhook;

import io.tidegate.webhook.send.SigningSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the secrets of a webhook, or of whatever else is called with signatures.
 *
 * @param expiresAt null while it is the newest one
 */
public record WebhookSecret(SigningSecret signing, @Nullable Instant expiresAt) {
  public boolean isGood(Instant now) {
    return expiresAt == null || expiresAt.isAfter(now);
  }
}
