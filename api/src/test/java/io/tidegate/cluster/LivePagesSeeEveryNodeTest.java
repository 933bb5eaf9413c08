package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whichever node the console speaks to, it sees what goes on at all of them. */
@WireTest
final class LivePagesSeeEveryNodeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TwoNodes nodes = TwoNodes.start("live_nodes");
  private final TestApp first = TestApp.create(nodes.first(), "Seen from afar");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  private static WebSocketClient open(TestApp app, String clientId, String channel) {
    WebSocketClient client =
        WebSocketClient.open(
            app.target(), Credential.bearer(app.token(clientId, "{'*':['subscribe']}")));
    client.subscribe(channel);
    client.frames().await("subscribed");
    return client;
  }

  @Test
  void connectionAndSubscribersOfTheOtherNodeAreSeen() {
    try (WebSocketClient here = open(first, "ada", "room");
        WebSocketClient there = open(second, "bob", "room")) {
      // A node that needs more than two seconds for its answer is left out.
      Answer found =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> first.rest().get("/v1/connections/" + there.connectionId()),
                  answer -> answer.status() == 200);
      JsonNode seen = found.json();
      assertThat(seen.path("clientId").asText()).isEqualTo("bob");
      assertThat(seen.path("channels").path(0).path("channel").asText()).isEqualTo("room");
      for (TestApp app : new TestApp[] {first, second}) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            app.rest()
                                .get("/v1/channels/room/subscribers")
                                .expect(200)
                                .json()
                                .path("items"))
                        .extracting(item -> item.path("connectionId").asText())
                        .containsExactlyInAnyOrder(here.connectionId(), there.connectionId())
                        .isSorted());
      }
      first.rest().get("/v1/connections/" + there.connectionId() + "x").expect(404);
    }
  }

  @Test
  void figuresAreTheSumOfAllNodes() {
    TestApp app = TestApp.create(nodes.first(), "Busy on both");
    TestApp there = app.at(nodes.second());
    nodes.awaitToldToSecond();
    try (WebSocketClient one = open(app, "ada", "here");
        WebSocketClient other = open(there, "bob", "there")) {
      Rest operator = app.control().rest();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                there.rest().post("/v1/channels/there/messages", json("{'data':1}")).expect(201);
                JsonNode now = operator.get("/v1/apps/" + app.id() + "/figures").expect(200).json();
                assertThat(now.path("connections").asInt()).isEqualTo(2);
                assertThat(now.path("channels").asInt()).isEqualTo(2);
                assertThat(now.path("publishesPerSecond").asDouble()).isPositive();
                assertThat(now.path("latencyMs").path("p50").asDouble()).isPositive();
                JsonNode items = operator.get("/v1/nodes").expect(200).json().path("items");
                assertThat(items).hasSize(2);
                assertThat(items)
                    .allSatisfy(node -> assertThat(node.path("figures").isObject()).isTrue());
              });
      assertThat(one.isOpen() && other.isOpen()).isTrue();
    }
  }
}
