package io.tidegate.e2e.limit;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Frames and bytes per second of one connection: told, and ended only when it will not hear. */
@WireTest
final class SendingIsLimitedTest {
  @Test
  void frameAboveTheRateIsRefusedByItsIdAndTheConnectionGoesOn() {
    TestApp app = app("{'inboundMessagesPerSecond':2}");
    try (WebSocketClient client = socket(app)) {
      client.frames().await("connected");
      for (int i = 0; i < 10; i++) {
        client.send(json("{'type':'ping','id':'p%d'}", i));
      }
      client.frames().await("pong", frame -> frame.path("id").asText().equals("p0"));
      JsonNode error = client.frames().await("error");

      assertThat(error.path("code").asInt()).isEqualTo(42911);
      assertThat(error.path("id").asText()).startsWith("p");
      assertThat(error.path("message").asText())
          .contains("2 frames per second (inboundMessagesPerSecond)");
      assertThat(error.path("retryAfterMs").asLong()).isBetween(1L, 500L);
      app.limits("{'inboundMessagesPerSecond':null}");
      client.ping();
    }
  }

  @Test
  void bytesHaveARateToo() {
    TestApp app = app("{'inboundBytesPerSecond':1000}");
    try (WebSocketClient client = socket(app)) {
      client.frames().await("connected");
      client.publish("room", "{\"data\":\"" + "x".repeat(60_000) + "\"}");
      client.publish("room", "{\"data\":\"" + "x".repeat(60_000) + "\"}");
      client.frames().await("reply");
      JsonNode error = client.frames().await("error");

      assertThat(error.path("code").asInt()).isEqualTo(42911);
      assertThat(error.path("message").asText()).contains("1000 bytes per second");
    }
  }

  @Test
  void whoGoesOnFarAboveTheRateIsEnded() {
    TestApp app = app("{'inboundMessagesPerSecond':5}");
    try (WebSocketClient client = socket(app)) {
      client.frames().await("connected");
      Awaitility.await("it is ended")
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                client.send(json("{'type':'ping'}"));
                return !client.isOpen();
              });
      assertThat(client.closeCode()).isEqualTo(4106);
      assertThat(client.frames().ofType("error").getLast().path("code").asInt()).isEqualTo(42920);
    }
  }

  @Test
  void tokenNarrowsItsOwnConnection() {
    TestApp app = app("{'inboundMessagesPerSecond':1000}");
    String body =
        json("{'capabilities':{'*':['subscribe']},'limits':{'inboundMessagesPerSecond':1}}");
    String token = app.rest().post("/v1/tokens", body).expect(201).json().path("token").asText();
    try (WebSocketClient narrow = WebSocketClient.open(app.target(), Credential.bearer(token));
        WebSocketClient wide = socket(app)) {
      narrow.frames().await("connected");
      // As many as are more than one a second, on this machine.
      for (int i = 0; i < 1_000 && narrow.frames().ofType("error").isEmpty(); i++) {
        narrow.send(json("{'type':'ping'}"));
        wide.ping();
      }
      assertThat(narrow.frames().await("error").path("code").asInt()).isEqualTo(42911);
      assertThat(wide.frames().ofType("error")).isEmpty();
    }
  }

  private static WebSocketClient socket(TestApp app) {
    return WebSocketClient.open(app.target(), Credential.key(app.key()));
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Limited").limits(limits);
  }
}
