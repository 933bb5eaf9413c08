package io.tidegate.e2e.webhook;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.deliver.GuardedOutbound;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever runs the gateway says where webhooks may go, of those that are there already too. */
@WireTest
final class ClosedTargetsAreNotCalledTest {
  private static final Map<String, String> OPEN = Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");

  @Test
  void whatWasOpenOnceIsNotCalledWhenItIsOpenNoMore() {
    try (Backend backend = Backend.thatTakesAll()) {
      TestApp app;
      Hook hook;
      try (TestGateway open = TestGateway.start("webhooks_closed", OPEN)) {
        app = TestApp.create(Door.of(open), "Closed");
        hook = Hook.create(app, backend);
        emit(open, app);
        hook.await("delivered", 1);
      }
      int before = backend.connections();
      try (TestGateway closed = TestGateway.over("webhooks_closed", Map.of())) {
        TestApp here = app.at(Door.of(closed));
        Hook again = new Hook(here, hook.id(), hook.secret());
        emit(closed, here);
        await()
            .atMost(Hook.LONGEST)
            .until(() -> tried(again.deliveries("pending").getFirst()) >= 2);

        JsonNode attempt =
            again.read(again.deliveries("pending").getFirst()).path("attemptLog").path(0);
        assertThat(attempt.path("status").isNull()).isTrue();
        assertThat(attempt.path("error").asText()).startsWith("address-private: ");
        assertThat(closed.bean(GuardedOutbound.class).unanswered().of("address-private"))
            .isGreaterThanOrEqualTo(2);
        assertThat(backend.connections()).as("nobody connected").isEqualTo(before);

        int refused =
            here.control()
                .rest()
                .patch(again.path(), json("{'url':'" + backend.url() + "'}"))
                .code();
        assertThat(refused).isEqualTo(40054);
      }
    }
  }

  private static int tried(JsonNode delivery) {
    return delivery.path("attempts").asInt();
  }

  private static void emit(TestGateway gateway, TestApp app) {
    gateway
        .bean(WebhookEvents.class)
        .emit(
            new AppId(app.id()),
            EventType.MESSAGE_PUBLISHED,
            Subject.of(new ChannelName("room")),
            Map.of("n", 1));
  }
}
