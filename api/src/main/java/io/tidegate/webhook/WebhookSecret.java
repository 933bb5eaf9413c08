package io.tidegate.webhook;

import io.tidegate.webhook.send.SigningSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of a webhook's secrets.
 *
 * @param expiresAt null while it is the newest one
 */
public record WebhookSecret(SigningSecret signing, @Nullable Instant expiresAt) {
  boolean isGood(Instant now) {
    return expiresAt == null || expiresAt.isAfter(now);
  }
}
