package io.tidegate.hook.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.hook.AppHooks;
import io.tidegate.hook.Hook;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.Hooks;
import io.tidegate.hook.OnFailure;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.send.SigningSecret;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The hooks of apps. What is known stays known until a change of its app is told; a cache computes
 * an entry under its lock, so a read begun before a commit never outlives it.
 */
@Singleton
public class JdbcHookDirectory implements Hooks {
  /** Most apps have none, which takes a few bytes to know. */
  private static final int MAX_APPS = 20_000;

  private static final String READ =
      """
      SELECT h.id, h.version, h.tenant_id, h.name, h.kind, h.url, h.pattern, h.on_failure,
        h.timeout_ms, h.cache_seconds, h.enabled, s.number, s.secret_sealed, s.expires_at
      FROM hooks h
      JOIN hook_secrets s ON s.hook_id = h.id
        AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())
      WHERE h.app_id = ?
      ORDER BY h.ordinal, s.number DESC
      """;

  private final JdbcWork work;
  private final JdbcHookSecrets secrets;
  private final Cache<AppId, AppHooks> apps = Caffeine.newBuilder().maximumSize(MAX_APPS).build();

  JdbcHookDirectory(JdbcWork work, JdbcHookSecrets secrets, Directory directory) {
    this.work = work;
    this.secrets = secrets;
    directory.listen(apps::invalidate);
  }

  @Override
  public AppHooks of(AppId app) {
    AppHooks known = apps.getIfPresent(app);
    return known == null
        ? apps.get(app, id -> apart(() -> work.read(Reach.EVERYTHING, () -> read(id))))
        : known;
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

  private AppHooks read(AppId app) {
    try (PreparedStatement query = work.connection().prepareStatement(READ)) {
      query.setLong(1, app.number());
      try (ResultSet row = query.executeQuery()) {
        List<Hook> all = new ArrayList<>();
        List<WebhookSecret> good = new ArrayList<>();
        while (row.next()) {
          UUID id = row.getObject(1, UUID.class);
          if (!all.isEmpty() && all.getLast().id().equals(id)) {
            all.removeLast();
          } else {
            good.clear();
          }
          good.add(secret(id, row));
          all.add(hook(app, id, row, good));
        }
        return AppHooks.of(all);
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  private static Hook hook(AppId app, UUID id, ResultSet row, List<WebhookSecret> good)
      throws SQLException {
    HookKind kind = HookKind.ofWireName(row.getString(5));
    if (kind == null) {
      throw new IllegalStateException("hook " + id + " is of a kind that this version lacks");
    }
    return new Hook(
        id,
        row.getLong(2),
        new TenantId(row.getObject(3, UUID.class)),
        app,
        row.getString(4),
        kind,
        row.getString(6),
        new ChannelPattern(row.getString(7)),
        OnFailure.valueOf(row.getString(8).toUpperCase(Locale.ROOT)),
        Duration.ofMillis(row.getInt(9)),
        Duration.ofSeconds(row.getInt(10)),
        row.getBoolean(11),
        good);
  }

  private WebhookSecret secret(UUID hook, ResultSet row) throws SQLException {
    OffsetDateTime expires = row.getObject(14, OffsetDateTime.class);
    return new WebhookSecret(
        new SigningSecret(secrets.open(hook, row.getInt(12), row.getBytes(13))),
        expires == null ? null : expires.toInstant());
  }
}
