package io.tidegate.webhook.store;

import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcSigningSecrets;
import io.tidegate.tenant.store.JdbcSigningSecrets.Owners;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.SecretLabels;
import io.tidegate.webhook.send.SigningSecret;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** The secrets of webhooks; within a transaction around that holds the app's lock. */
@Singleton
class JdbcWebhookSecrets {
  private final JdbcSigningSecrets secrets;

  JdbcWebhookSecrets(JdbcWork work, Envelope envelope) {
    Owners webhooks =
        new Owners("webhooks", "webhook_secrets", "webhook_id", SecretLabels::ofWebhook);
    this.secrets = new JdbcSigningSecrets(work, envelope, webhooks, SigningSecret.PREFIX);
  }

  /** Draws one; its text. */
  String add(AppEntry app, UUID webhook) {
    return secrets.add(app, webhook);
  }

  /** The newest one is good for a while longer, any other ends now. */
  void retire(UUID webhook, Duration overlap) {
    secrets.retire(webhook, overlap);
  }

  String open(UUID webhook, int number, byte[] sealed) {
    return secrets.open(webhook, number, sealed);
  }
}
