package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.SecretLabels;
import io.tidegate.webhook.send.SigningSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The secrets of webhooks, sealed; within a transaction around that holds the app's lock. */
@Singleton
class JdbcWebhookSecrets {
  private final Envelope envelope;
  private final Sql sql;

  JdbcWebhookSecrets(Envelope envelope, Sql sql) {
    this.envelope = envelope;
    this.sql = sql;
  }

  /** Draws one; its text. */
  String add(AppEntry app, UUID webhook) {
    sql.countSecret(webhook);
    int number = sql.lastSecret(webhook);
    String text = SecretText.draw(SigningSecret.PREFIX);
    byte[] sealed =
        envelope.seal(
            SecretLabels.ofWebhook(webhook, number), text.getBytes(StandardCharsets.US_ASCII));
    sql.insert(app.tenantId(), app.id(), webhook, number, sealed);
    return text;
  }

  /** The newest one is good for a while longer, any other ends now. */
  void retire(UUID webhook, Duration overlap) {
    sql.dropOlder(webhook);
    sql.expire(webhook, overlap.toSeconds());
  }

  String open(UUID webhook, int number, byte[] sealed) {
    return new String(
        envelope.open(SecretLabels.ofWebhook(webhook, number), sealed), StandardCharsets.US_ASCII);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<WebhookEntry, UUID> {
    @Query(
        """
        UPDATE webhooks SET last_secret = last_secret + 1, version = version + 1,
          updated_at = now() WHERE id = :webhook
        """)
    long countSecret(UUID webhook);

    @Query("SELECT last_secret FROM webhooks WHERE id = :webhook")
    int lastSecret(UUID webhook);

    @Query(
        """
        INSERT INTO webhook_secrets (tenant_id, app_id, webhook_id, number, secret_sealed)
        VALUES (:tenantId, :appId, :webhook, :number, :sealed)
        """)
    long insert(UUID tenantId, long appId, UUID webhook, int number, byte[] sealed);

    @Query("DELETE FROM webhook_secrets WHERE webhook_id = :webhook AND expires_at IS NOT NULL")
    long dropOlder(UUID webhook);

    @Query(
        """
        UPDATE webhook_secrets
        SET expires_at = clock_timestamp() + CAST(:seconds AS bigint) * interval '1 second'
        WHERE webhook_id = :webhook
        """)
    long expire(UUID webhook, long seconds);
  }
}
