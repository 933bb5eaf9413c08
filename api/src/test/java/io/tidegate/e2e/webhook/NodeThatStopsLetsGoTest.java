package io.tidegate.e2e.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.TestGateway;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.send.Receiver.Answer;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node that goes down in order leaves nothing for others to wait for. */
@WireTest
final class NodeThatStopsLetsGoTest {
  private static final String DATABASE = "webhooks_stopped";

  @Test
  void whatIsUnderWayIsWrittenDownAndTheWebhookIsAnybodys() throws SQLException {
    // It answers while its caller is going down already.
    Answer slowly =
        (request, out) -> {
          Thread.sleep(700);
          Backend.AWAY.to(request, out);
        };
    try (Backend backend = Backend.saying(request -> slowly)) {
      try (TestGateway gateway =
          TestGateway.start(DATABASE, Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"))) {
        TestApp app = TestApp.create(Door.of(gateway), "Stopped");
        Hook.create(app, backend);
        gateway
            .bean(WebhookEvents.class)
            .emit(
                new AppId(app.id()),
                EventType.MESSAGE_PUBLISHED,
                Subject.of(new ChannelName("room")),
                Map.of("n", 1));
        await().atMost(Hook.LONGEST).until(() -> !backend.calls().isEmpty());
      }

      assertThat(Rows.texts(DATABASE, "SELECT coalesce(owner, 'nobody') FROM webhook_leases"))
          .containsExactly("nobody");
      assertThat(Rows.texts(DATABASE, "SELECT status FROM webhook_attempts")).contains("503");
    }
  }
}
