package io.tidegate.e2e.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

/** Above the tenant's deliveries subscriptions fall behind and lose nothing. */
@WireTest
final class DeliveriesAreLimitedTest {
  private final Observations observations = new Observations();

  @Test
  void everythingComesAtTheRate() {
    TestApp app = app("{'deliveriesPerSecond':100}");
    try (WebSocketClient socket = socket(app);
        SseClient stream = SseClient.open(app.target(), Credential.key(app.key()), "room")) {
      stream.frames().await("subscribed");
      Watch first = watch("socket", socket);
      Watch second = watch("stream", stream);
      long begun = System.nanoTime();
      app.publisher().numbers("room", 200);
      socket.frames().awaitSeq("room", 200);
      stream.frames().awaitSeq("room", 200);
      double seconds = (System.nanoTime() - begun) / 1e9;

      // 400 deliveries of which 100 may come at once.
      assertThat(seconds).isGreaterThanOrEqualTo(2.9);
      assertThat(first.jumps()).isEmpty();
      assertThat(second.jumps()).isEmpty();
      assertThat(observations.faults()).isEmpty();
    }
  }

  @Test
  void liftedLimitLetsThemGoOn() {
    TestApp app = app("{'deliveriesPerSecond':1}");
    try (WebSocketClient socket = socket(app)) {
      app.publisher().numbers("room", 100);
      app.limits("{'deliveriesPerSecond':null}");
      socket.frames().awaitSeq("room", 100);
      assertThat(socket.frames().messages("room")).hasSize(100);
      assertThat(socket.isOpen()).isTrue();
    }
  }

  @Test
  void whoStaysBehindIsEndedWithAReasonOfItsOwnAndMissesNothing() {
    TestApp app = app("{'deliveriesPerSecond':0}");
    try (WebSocketClient socket = socket(app)) {
      app.publisher().numbers("room", 10);
      assertThat(socket.closeCode()).isEqualTo(4111);
      assertThat(socket.frames().await("error").path("message").asText())
          .contains("0 deliveries per second (deliveriesPerSecond)");
      app.limits("{'deliveriesPerSecond':1000}");
      socket.reconnect();
      socket.frames().awaitSeq("room", 10);
      assertThat(socket.frames().messages("room")).hasSize(10);
    }
  }

  @Test
  void daysOfHistoryAreAtMostTheTenants() {
    TestApp app = app("{'historyDays':0}");
    app.namespace("log", "{'pattern':'log:*','durability':'durable','retentionDays':30}");
    app.publisher().numbers("log:1", 3);
    String history = "/v1/channels/log:1/messages";
    assertThat(app.rest().get(history).expect(200).json().path("items")).isEmpty();
    app.limits("{'historyDays':1}");
    assertThat(app.rest().get(history).expect(200).json().path("items")).hasSize(3);
  }

  private Watch watch(String who, Client client) {
    return observations.watch(who, client.frames());
  }

  private static WebSocketClient socket(TestApp app) {
    WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()));
    client.subscribe("room");
    client.frames().await("subscribed");
    return client;
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Limited").limits(limits);
  }
}
