package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Targets;
import io.tidegate.webhook.store.JdbcWebhooks;
import io.tidegate.webhook.store.WebhookChange;
import io.tidegate.webhook.store.WebhookFixture;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhooks that want to know what stands, over PostgreSQL; nothing is sent to them. */
public final class StandingFixture implements AutoCloseable {
  private final WebhookFixture webhooks;

  public StandingFixture(String database) {
    webhooks = new WebhookFixture(database);
  }

  public StandingStore store() {
    return webhooks.bean(StandingStore.class);
  }

  public AppId app() {
    return webhooks.app().appId();
  }

  public UUID webhook(AppId app, @Nullable String pattern, EventType... events) {
    Set<EventType> wanted = events.length == 0 ? EnumSet.allOf(EventType.class) : Set.of(events);
    WebhookChange change =
        new WebhookChange(
            "standing",
            Targets.of("https://a.example"),
            wanted,
            pattern == null ? null : new ChannelPattern(pattern),
            null,
            null);
    return webhooks.bean(JdbcWebhooks.class).create(Caller.SYSTEM, app, change).webhook().id();
  }

  public void enable(AppId app, UUID webhook, boolean enabled) {
    WebhookChange change = new WebhookChange(null, null, null, null, null, enabled);
    webhooks.bean(JdbcWebhooks.class).update(Caller.SYSTEM, app, webhook, IfMatch.ANY, change);
  }

  /** One that hears of changes as a node's does. */
  public Standings standings(String node, StandingStore store, Pace pace) {
    Standings standings = new Standings(node, webhooks.webhooks(), store, pace);
    webhooks.bean(Directory.class).listen(standings::changed);
    return standings;
  }

  public ToldEvents told(UUID webhook) {
    return new ToldEvents(
        texts(
            "SELECT type || ' ' || convert_from(data, 'UTF8') FROM webhook_deliveries"
                + " WHERE webhook_id = '"
                + webhook
                + "' ORDER BY position"));
  }

  public List<String> texts(String query) {
    try {
      return webhooks.texts(query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Rows of what stands in the app. */
  public List<String> rows(AppId app) {
    return texts(
        "SELECT kind || ' ' || channel || ' ' || array_to_string(holders, ',') FROM standings"
            + " WHERE app_id = "
            + app.value()
            + " ORDER BY 1");
  }

  /** As if the holders whose names begin so had been silent for this long behind their lease. */
  public void expire(String holders, int seconds) {
    try {
      webhooks.execute(
          "UPDATE standing_leases SET expires_at = now() - interval '"
              + seconds
              + " seconds' WHERE holder LIKE '"
              + holders
              + "%' AND expires_at > now()");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    webhooks.close();
  }
}
