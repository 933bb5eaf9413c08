package io.tidegate.e2e.limit;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bytes that the durable log holds of a tenant. */
@WireTest
final class StorageIsLimitedTest {
  /** With the 100 bytes of its row each counts for 400. */
  private static final String MESSAGE = "{\"data\":\"" + "x".repeat(298) + "\"}";

  @Test
  void whatPassesTheLimitIsRefusedAndSaysWhatToDo() {
    TestApp app = app("{'storedBytes':1000}");
    publish(app, "log:1").expect(201);
    publish(app, "log:2").expect(201);
    Answer refused = publish(app, "log:1").expect(429);

    assertThat(refused.code()).isEqualTo(42906);
    assertThat(refused.json().path("detail").asText())
        .contains("1000 bytes", "(storedBytes)", "delete channels", "higher limit");
    assertThat(refused.json().path("retryAfterMs").asLong()).isPositive();
    assertThat(app.history("log:1").forward(10)).hasSize(1);
    publish(app, "window").expect(201);
    app.rest().post("/v1/channels/log:3/messages", "{\"data\":1}").expect(201);
  }

  @Test
  void socketsAndBatchesShareTheRoom() {
    TestApp app = app("{'storedBytes':500}");
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      client.publish("log:1", MESSAGE);
      client.frames().await("reply");
      String refused = client.publish("log:1", MESSAGE);
      JsonNode error = client.frames().await("error");
      assertThat(error.path("id").asText()).isEqualTo(refused);
      assertThat(error.path("code").asInt()).isEqualTo(42906);
      client.ping();
    }
    String batch = "{\"items\":[{\"channels\":[\"w\",\"log:2\"],\"messages\":[" + MESSAGE + "]}]}";
    JsonNode results = app.rest().post("/v1/messages", batch).expect(200).json().path("results");
    assertThat(results.get(0).path("messages").size()).isEqualTo(1);
    assertThat(results.get(1).path("error").path("code").asInt()).isEqualTo(42906);
  }

  @Test
  void retryOfAKnownMessageTakesNoRoom() {
    TestApp app = app("{'storedBytes':1000}");
    String known = MESSAGE.replace("{", "{\"id\":\"a\",");
    for (int i = 0; i < 5; i++) {
      app.rest().post("/v1/channels/log:1/messages", known).expect(201);
    }
    publish(app, "log:1").expect(201);
  }

  @Test
  void deletedChannelMakesRoom() {
    TestApp app = app("{'storedBytes':500}");
    publish(app, "log:1").expect(201);
    assertThat(publish(app, "log:2").code()).isEqualTo(42906);
    app.rest().delete("/v1/channels/log:1").expect(204);

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> publish(app, "log:2").status() == 201);
  }

  @Test
  void changedLimitHoldsAtOnce() {
    TestApp app = app("{'storedBytes':0}");
    assertThat(publish(app, "log:1").code()).isEqualTo(42906);
    publish(app.limits("{'storedBytes':null}"), "log:1").expect(201);
    assertThat(publish(app.limits("{'storedBytes':799}"), "log:1").code()).isEqualTo(42906);
    publish(app.limits("{'storedBytes':800}"), "log:1").expect(201);
  }

  @Test
  void comingNearIsRecorded() {
    TestApp app = app("{'storedBytes':500}");
    publish(app, "log:1").expect(201);

    JsonNode after =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> warning(app), found -> !found.isMissingNode());
    assertThat(after.path("used").asInt()).isEqualTo(400);
    assertThat(after.path("most").asInt()).isEqualTo(500);
  }

  private static JsonNode warning(TestApp app) {
    String events = "/v1/tenants/" + app.tenantId() + "/audit-events";
    for (JsonNode event : app.control().rest().get(events).expect(200).json().path("items")) {
      if (event.at("/after/limit").asText().equals("storedBytes")
          && event.path("action").asText().equals("limit.warning")) {
        return event.path("after");
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static Answer publish(TestApp app, String channel) {
    return app.rest().post("/v1/channels/" + channel + "/messages", MESSAGE);
  }

  private static TestApp app(String limits) {
    TestApp app = TestApp.create(SharedGateway.target(), "Stored").limits(limits);
    app.namespace("log", json("{'pattern':'log:*','durability':'durable'}"));
    return app;
  }
}
