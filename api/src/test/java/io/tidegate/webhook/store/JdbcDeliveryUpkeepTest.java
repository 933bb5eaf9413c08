package io.tidegate.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcErasure;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.webhook.Webhook;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcDeliveryUpkeepTest {
  private static final URI URL = URI.create("https://a.example");

  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  @BeforeAll
  void start() {
    fixture = new WebhookFixture("webhook_upkeep");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private JdbcDeliveryUpkeep upkeep() {
    return fixture.bean(JdbcDeliveryUpkeep.class);
  }

  private List<String> states(Webhook webhook) throws SQLException {
    return fixture.texts(
        "SELECT state || ' ' || count(*) FROM webhook_deliveries WHERE webhook_id = '"
            + webhook.id()
            + "' GROUP BY state ORDER BY state");
  }

  private void finish(Webhook webhook, String state, String ago, int many) throws SQLException {
    fixture.execute(
        "INSERT INTO webhook_deliveries (tenant_id, id, app_id, webhook_id, event_id, type,"
            + " ordering_key, data, happened_at, give_up_at, state, finished_at)"
            + " SELECT '%s', gen_random_uuid(), %s, '%s', gen_random_uuid(), 'message.published',"
                .formatted(webhook.tenant(), webhook.app(), webhook.id())
            + " 'a', '{}', now(), now(), '%s', now() - interval '%s' FROM generate_series(1, %d)"
                .formatted(state, ago, many));
  }

  @Test
  void whatIsOverIsForgottenAfterAWhile() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    finish(webhook, "delivered", "4 days", 3);
    finish(webhook, "delivered", "2 days", 2);
    finish(webhook, "dead", "15 days", 3);
    finish(webhook, "dead", "13 days", 1);
    fixture.emit(webhook.app(), "a", 1);

    upkeep().run();

    assertThat(states(webhook)).containsExactly("dead 1", "delivered 2", "pending 1");
  }

  @Test
  void itIsKnownForHowLongWhatWaitsLongestHasWaited() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    Webhook off = fixture.webhook(URL, 1);
    for (Webhook one : List.of(webhook, off)) {
      fixture.emit(one.app(), "a", 1);
      fixture.emit(one.app(), "a", 2);
    }
    wait("5 hours", webhook);
    wait("9 hours", off);
    fixture.execute("UPDATE webhooks SET enabled = false WHERE id = '" + off.id() + "'");

    upkeep().run();

    assertThat(upkeep().waitingSeconds()).isBetween(18_000L, 19_000L);
    fixture.execute("DELETE FROM webhook_deliveries WHERE state = 'pending'");
    upkeep().run();
    assertThat(upkeep().waitingSeconds()).isZero();
  }

  private void wait(String time, Webhook webhook) throws SQLException {
    fixture.execute(
        "UPDATE webhook_deliveries SET give_up_at = give_up_at - interval '%s'".formatted(time)
            + " WHERE webhook_id = '%s'".formatted(webhook.id()));
  }

  @Test
  void nothingIsKeptWithoutABound() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    finish(webhook, "delivered", "1 hour", 2_345);
    finish(webhook, "dead", "1 hour", 30);
    for (int i = 1; i <= 12; i++) {
      fixture.emit(webhook.app(), "a", i);
    }
    JdbcDeliveryUpkeep.Bounds few = new JdbcDeliveryUpkeep.Bounds(100, 20, 10);

    new JdbcDeliveryUpkeep(
            fixture.bean(JdbcWork.class), fixture.bean(JdbcDeliveryUpkeep.Sql.class), few)
        .run();

    assertThat(states(webhook)).containsExactly("dead 20", "delivered 100", "pending 10");
    assertThat(
            fixture.texts(
                "SELECT convert_from(data, 'UTF8') FROM webhook_deliveries WHERE webhook_id = '"
                    + webhook.id()
                    + "' AND channel = 'a' AND state = 'dead' ORDER BY position"))
        .as("the oldest that waited")
        .containsExactly("{\"channel\":\"a\",\"n\":1}", "{\"channel\":\"a\",\"n\":2}");
  }

  @Test
  void whatWaitsForAWebhookThatIsOffIsGivenUpInTheEnd() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    fixture.emit(webhook.app(), "a", 1);
    fixture.emit(webhook.app(), "a", 2);
    fixture.execute("UPDATE webhooks SET enabled = false WHERE id = '" + webhook.id() + "'");
    upkeep().run();
    assertThat(states(webhook)).containsExactly("pending 2");

    fixture.execute(
        "UPDATE webhook_deliveries SET give_up_at = now() - interval '2 hours'"
            + " WHERE webhook_id = '"
            + webhook.id()
            + "'");
    upkeep().run();

    assertThat(states(webhook)).containsExactly("dead 2");
  }

  @Test
  void aDeletedWebhookTakesItsQueueWithIt() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    fixture.emit(webhook.app(), "a", 1);
    fixture
        .bean(JdbcWebhooks.class)
        .delete(Caller.SYSTEM, webhook.app(), webhook.id(), IfMatch.ANY);
    upkeep().run();
    assertThat(states(webhook)).as("not yet").containsExactly("pending 1");

    fixture.execute(
        "UPDATE webhooks SET deleted_at = now() - interval '1 hour' WHERE id = '"
            + webhook.id()
            + "'");
    upkeep().run();

    assertThat(states(webhook)).isEmpty();
    assertThat(fixture.texts("SELECT 1 FROM webhooks WHERE id = '" + webhook.id() + "'")).isEmpty();
  }

  @Test
  void aDeletedAppTakesItsWebhooksWithIt() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    fixture.emit(webhook.app(), "a", 1);
    fixture.bean(JdbcApps.class).delete(Caller.SYSTEM, webhook.app(), IfMatch.ANY, true);
    fixture.execute(
        "UPDATE apps SET deleted_at = now() - interval '1 hour' WHERE id = " + webhook.app());

    fixture.bean(JdbcErasure.class).run();

    assertThat(fixture.texts("SELECT 1 FROM apps WHERE id = " + webhook.app())).isEmpty();
    assertThat(states(webhook)).isEmpty();
  }
}
