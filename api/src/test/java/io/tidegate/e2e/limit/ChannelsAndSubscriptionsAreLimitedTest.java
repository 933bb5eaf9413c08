package io.tidegate.e2e.limit;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Channels of a tenant, and subscriptions of one connection. */
@WireTest
final class ChannelsAndSubscriptionsAreLimitedTest {
  @Test
  void oneMoreChannelIsRefusedThoseThereAreServed() {
    TestApp app = app("{'channels':2}");
    app.namespace("log", "{'pattern':'log:*','durability':'durable'}");
    try (WebSocketClient client = socket(app)) {
      app.publisher().numbers("log:1", 1);
      client.subscribe("room");
      client.frames().await("subscribed");
      client.subscribe("third");
      JsonNode error = client.frames().await("error");
      Answer publish = publish(app, "third");

      assertThat(error.path("code").asInt()).isEqualTo(42903);
      assertThat(error.path("channel").asText()).isEqualTo("third");
      assertThat(publish.code()).isEqualTo(42903);
      assertThat(publish.json().path("detail").asText()).contains("2 channels", "(channels)");
      assertThatThrownBy(() -> SseClient.open(app.target(), Credential.key(app.key()), "third"))
          .isInstanceOfSatisfying(
              RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(42903));
      app.publisher().numbers("log:1", 1);
      app.publisher().numbers("room", 1);
      client.frames().awaitSeq("room", 1);
    }
  }

  @Test
  void channelThatEndsMakesRoom() {
    TestApp app = app("{'channels':1}");
    try (WebSocketClient client = socket(app)) {
      client.subscribe("first");
      client.frames().await("subscribed");
      assertThat(publish(app, "second").code()).isEqualTo(42903);
      client.send(json("{'type':'unsubscribe','channel':'first'}"));

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> publish(app, "second").status() == 201);
    }
  }

  @Test
  void lowerLimitRefusesNothingThatIsThere() {
    TestApp app = app("{'channels':null}");
    for (String name : new String[] {"a", "b", "c", "d"}) {
      app.publisher().numbers(name, 1);
    }
    app.limits("{'channels':1}");
    for (String name : new String[] {"a", "b", "c", "d"}) {
      app.publisher().numbers(name, 1);
    }
    assertThat(publish(app, "e").code()).isEqualTo(42903);
  }

  @Test
  void connectionHasSoManySubscriptions() {
    TestApp app = app("{'subscriptionsPerConnection':2}");
    try (WebSocketClient client = socket(app)) {
      assertThat(client.frames().await("connected").path("limits").path("maxSubscriptions").asInt())
          .isEqualTo(2);
      client.subscribe("a");
      client.subscribe("b");
      client.subscribe("c");
      JsonNode error = client.frames().await("error");
      assertThat(error.path("code").asInt()).isEqualTo(42904);
      assertThat(error.path("message").asText())
          .contains("2 subscriptions (subscriptionsPerConnection)");

      app.limits("{'subscriptionsPerConnection':3}");
      client.subscribe("c");
      client.frames().await("subscribed", 3);
    }
    Answer stream = app.rest().get("/v1/sse?channel=a&channel=b&channel=c&channel=d");
    assertThat(stream.status()).isEqualTo(429);
    assertThat(stream.code()).isEqualTo(42904);
  }

  @Test
  void tokenNarrowsSubscriptions() {
    TestApp app = app("{'subscriptionsPerConnection':50}");
    String body =
        json("{'capabilities':{'*':['subscribe']},'limits':{'subscriptionsPerConnection':1}}");
    String token = app.rest().post("/v1/tokens", body).expect(201).json().path("token").asText();
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.bearer(token))) {
      client.subscribe("a");
      client.frames().await("subscribed");
      client.subscribe("b");
      assertThat(client.frames().await("error").path("code").asInt()).isEqualTo(42904);
    }
  }

  private static Answer publish(TestApp app, String channel) {
    return app.rest().post("/v1/channels/" + channel + "/messages", "{\"data\":1}");
  }

  private static WebSocketClient socket(TestApp app) {
    return WebSocketClient.open(app.target(), Credential.key(app.key()));
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Limited").limits(limits);
  }
}
