package io.tidegate.webhook.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.Webhooks;
import io.tidegate.webhook.send.SigningSecret;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of apps. What is known stays known until a change of its app is told; a cache
 * computes an entry under its lock, so a read begun before a commit never outlives it.
 */
@Singleton
public class JdbcWebhookDirectory implements Webhooks {
  /** Most apps have none, which takes a few bytes to know. */
  private static final int MAX_APPS = 20_000;

  private static final String READ =
      """
      SELECT w.id, w.tenant_id, w.url, CAST(w.events AS text), w.pattern, w.batch_events, w.enabled,
        s.number, s.secret_sealed, s.expires_at
      FROM webhooks w
      JOIN apps a ON a.tenant_id = w.tenant_id AND a.id = w.app_id
      JOIN tenants t ON t.id = w.tenant_id
      LEFT JOIN webhook_secrets s ON s.webhook_id = w.id
        AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())
      WHERE w.app_id = ? AND w.deleted_at IS NULL AND a.deleted_at IS NULL
        AND t.deleted_at IS NULL
      ORDER BY w.ordinal, s.number DESC
      """;

  private final JdbcWork work;
  private final JdbcWebhookSecrets secrets;
  private final Cache<AppId, List<Webhook>> apps =
      Caffeine.newBuilder().maximumSize(MAX_APPS).build();

  JdbcWebhookDirectory(JdbcWork work, JdbcWebhookSecrets secrets, Directory directory) {
    this.work = work;
    this.secrets = secrets;
    directory.listen(apps::invalidate);
  }

  @Override
  public List<Webhook> of(AppId app) {
    return apps.get(app, id -> apart(() -> work.read(Reach.EVERYTHING, () -> read(id))));
  }

  /**
   * In no transaction that is under way here: what that one may see, or has not committed yet, is
   * nothing to remember.
   */
  private static <T> T apart(Supplier<T> reading) {
    try {
      return CompletableFuture.supplyAsync(reading, task -> Thread.ofVirtual().start(task)).join();
    } catch (CompletionException e) {
      throw RefusedException.of(e);
    }
  }

  private List<Webhook> read(AppId app) {
    try (PreparedStatement query = work.connection().prepareStatement(READ)) {
      query.setLong(1, app.number());
      try (ResultSet row = query.executeQuery()) {
        List<Webhook> all = new ArrayList<>();
        List<WebhookSecret> good = new ArrayList<>();
        while (row.next()) {
          UUID id = row.getObject(1, UUID.class);
          if (!all.isEmpty() && all.getLast().id().equals(id)) {
            all.removeLast();
          } else {
            good.clear();
          }
          WebhookSecret secret = secret(id, row);
          if (secret != null) {
            good.add(secret);
          }
          all.add(webhook(app, id, row, good));
        }
        return List.copyOf(all);
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  private static Webhook webhook(AppId app, UUID id, ResultSet row, List<WebhookSecret> good)
      throws SQLException {
    return new Webhook(
        id,
        new TenantId(row.getObject(2, UUID.class)),
        app,
        URI.create(row.getString(3)),
        EventNames.types(row.getString(4)),
        new ChannelPattern(row.getString(5)),
        row.getInt(6),
        row.getBoolean(7),
        good);
  }

  private @Nullable WebhookSecret secret(UUID webhook, ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes(9);
    if (sealed == null) {
      return null;
    }
    OffsetDateTime expires = row.getObject(10, OffsetDateTime.class);
    Instant expiresAt = expires == null ? null : expires.toInstant();
    SigningSecret signing = new SigningSecret(secrets.open(webhook, row.getInt(8), sealed));
    return new WebhookSecret(signing, expiresAt);
  }
}
