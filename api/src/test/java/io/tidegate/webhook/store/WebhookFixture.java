package io.tidegate.webhook.store;

import io.micronaut.context.ApplicationContext;
import io.tidegate.TestContext;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcTenants;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.Targets;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.Webhooks;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks in a database of the test's own. */
public final class WebhookFixture implements AutoCloseable {
  private final String database;
  private final ApplicationContext context;

  public WebhookFixture(String database) {
    this.database = database;
    this.context = TestContext.start(database);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public DeliveryQueue queue() {
    return bean(DeliveryQueue.class);
  }

  public Leases leases() {
    return bean(Leases.class);
  }

  public Webhooks webhooks() {
    return bean(Webhooks.class);
  }

  public WebhookEvents events() {
    return bean(WebhookEvents.class);
  }

  /** An app of a tenant of its own. */
  public AppEntry app() {
    return bean(JdbcApps.class)
        .create(
            Caller.SYSTEM,
            bean(JdbcTenants.class).create(Caller.SYSTEM, "Acme", Limits.INITIAL).tenantId(),
            "production",
            List.of("*"));
  }

  public JdbcWebhooks.WithSecret make(AppId app, URI url, @Nullable String pattern, int maxEvents) {
    WebhookChange wanted =
        new WebhookChange(
            "orders",
            Targets.of(url.toString()),
            Set.of(EventType.MESSAGE_PUBLISHED, EventType.LIMIT_WARNING),
            pattern == null ? null : new ChannelPattern(pattern),
            maxEvents,
            null);
    return bean(JdbcWebhooks.class).create(Caller.SYSTEM, app, wanted);
  }

  /** A webhook of an app of its own, that wants all messages. */
  public Webhook webhook(URI url, int maxEvents) {
    AppId app = app().appId();
    JdbcWebhooks.WithSecret made = make(app, url, null, maxEvents);
    return webhooks().find(app, made.webhook().id()).orElseThrow();
  }

  public void emit(AppId app, String channel, int number) {
    emit(app, channel, Map.of("n", number));
  }

  public void emit(AppId app, String channel, Map<String, ?> data) {
    events().emit(app, EventType.MESSAGE_PUBLISHED, Subject.of(new ChannelName(channel)), data);
  }

  /** Events as they are, without their channel. */
  public void emit(AppId app, String channel, String data) {
    Subject subject = Subject.of(new ChannelName(channel));
    Event made = Event.of(app, EventType.MESSAGE_PUBLISHED, subject, null, Map.of());
    events().emit(List.of(new Event(made.id(), app, made.type(), subject, null, data)));
  }

  /** A statement of the test's own, past the program. */
  public void execute(String statement) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** The first column. */
  public List<String> texts(String query) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(String.valueOf(row.getString(1)));
      }
      return texts;
    }
  }

  public Connection connect() throws SQLException {
    TestServer server = TestPostgres.server();
    return DriverManager.getConnection(server.url(database), server.user(), server.password());
  }

  @Override
  public void close() {
    context.close();
  }
}
