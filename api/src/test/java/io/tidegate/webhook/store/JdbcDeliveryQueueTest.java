package io.tidegate.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcDeliveryQueueTest extends DeliveryQueueContract {
  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  @BeforeAll
  void start() {
    fixture = new WebhookFixture("webhook_queue");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Override
  DeliveryQueue queue() {
    return fixture.queue();
  }

  @Override
  Leases leases() {
    return fixture.leases();
  }

  @Override
  Webhook newWebhook() {
    return fixture.webhook(URI.create("https://a.example"), 1);
  }

  @Override
  void add(Webhook to, String channel, String data) {
    fixture.emit(to.app(), channel, data);
  }

  @Override
  void timeIsUp(Webhook of) {
    try {
      fixture.execute(
          "UPDATE webhook_deliveries SET give_up_at = now() WHERE webhook_id = '" + of.id() + "'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRunHasABoundInBytesButNoHeadIsTooLarge() {
    String large = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
    for (int i = 0; i < 5; i++) {
      add(webhook, "a", large);
    }
    add(webhook, "b", "{\"a\":\"" + "x".repeat(200_000) + "\"}");

    assertThat(due()).extracting(run -> run.deliveries().size()).containsExactly(3, 1);
  }

  @Test
  void everyAttemptIsWrittenDownAndTheLastFiftyAreKept() throws SQLException {
    add("a", 1);
    List<java.util.UUID> one = ids(due().getFirst());
    Attempt odd = Attempt.answered(500, 7, "\0\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 60; i++) {
      queue().failed(webhook.tenant(), one, odd, Duration.ZERO);
    }
    queue().failed(webhook.tenant(), one, Attempt.unanswered(9, "time-out"), Duration.ZERO);
    queue().delivered(webhook.tenant(), one, TAKEN);

    List<String> log =
        fixture.texts(
            "SELECT number || ' ' || coalesce(status::text, error) FROM webhook_attempts"
                + " WHERE delivery_id = '"
                + one.getFirst()
                + "' ORDER BY number");
    assertThat(log).hasSizeBetween(50, 51).contains("60 500", "61 time-out", "62 200");
    assertThat(log.getFirst()).isEqualTo("12 500");
  }

  @Test
  void aWebhookThatIsOffOrGoneIsNobodys() throws SQLException {
    add("a", 1);
    fixture.execute("UPDATE webhooks SET enabled = false WHERE id = '" + webhook.id() + "'");
    assertThat(leases().take("n1", LONG, 1_000))
        .extracting(Leases.Lease::webhook)
        .doesNotContain(webhook.id());
    fixture.execute(
        "UPDATE webhooks SET enabled = true, deleted_at = now() WHERE id = '" + webhook.id() + "'");
    assertThat(leases().take("n1", LONG, 1_000))
        .extracting(Leases.Lease::webhook)
        .doesNotContain(webhook.id());
  }
}
