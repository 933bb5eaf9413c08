package io.tidegate.e2e.webhook;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message that is accepted arrives at the webhook that wants it, whatever way it came. */
@WireTest
final class PublishedMessagesArriveTest {
  private final TestGateway gateway =
      TestGateway.start("published_e2e", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"window", "durable"})
  void asHistoryHasItInItsOrderAndOnce(String durability) {
    TestApp app = TestApp.create(target, "Told " + durability);
    app.namespace("all", "{'pattern':'*','durability':'%s'}".formatted(durability));
    try (Backend backend = Backend.thatTakesAll();
        WebSocketClient socket = WebSocketClient.open(target, Credential.key(app.key()))) {
      Hook.create(app, backend.url(), ",'pattern':'room:*'");
      socket.subscribe("[meta]log");
      socket.frames().await("subscribed");

      publishEachWay(app, socket);

      List<JsonNode> history = history(app, "room:1");
      assertThat(history).hasSize(7);
      awaitTold(backend, "room:1", history);
      awaitTold(backend, "room:2", history(app, "room:2"));
      assertThat(channels(backend)).containsOnly("room:1", "room:2");
    }
  }

  private static void publishEachWay(TestApp app, WebSocketClient socket) {
    app.publisher()
        .accepted(
            "room:1", json("{'id':'a','name':'greeting','data':{'n':1},'headers':{'h':'v'}}"));
    app.publisher()
        .accepted("room:1", json("[{'data':2},{'data':'dGhyZWU=','encoding':'base64'}]"));
    // A retry is no message.
    app.publisher()
        .accepted(
            "room:1", json("{'id':'a','name':'greeting','data':{'n':1},'headers':{'h':'v'}}"));
    app.rest()
        .post(
            "/v1/messages",
            json(
                "{'items':[{'channels':['room:1','room:2','hall'],'messages':[{'data':4},{'data':5}]},"
                    + "{'channels':['room:1'],'messages':[{'data':6}]}]}"))
        .expect(200);
    String id = socket.publish("room:1", "{\"data\":7}");
    socket.frames().await("a reply", frame -> frame.path("id").asText().equals(id));
  }

  /** As the messages of events are: each with its epoch. */
  private static List<JsonNode> history(TestApp app, String channel) {
    JsonNode page =
        app.rest()
            .get("/v1/channels/" + channel + "/messages?direction=forward&limit=100")
            .expect(200)
            .json();
    List<JsonNode> items = new ArrayList<>();
    page.path("items")
        .forEach(one -> items.add(((ObjectNode) one).put("epoch", page.path("epoch").asText())));
    return items;
  }

  private static void awaitTold(Backend backend, String channel, List<JsonNode> messages) {
    await()
        .atMost(Hook.LONGEST)
        .untilAsserted(
            () ->
                assertThat(
                        backend.taken().stream()
                            .filter(e -> e.at("/data/channel").asText().equals(channel))
                            .map(event -> event.at("/data/message"))
                            .toList())
                    .isEqualTo(messages));
  }

  private static List<String> channels(Backend backend) {
    return backend.taken().stream().map(event -> event.at("/data/channel").asText()).toList();
  }
}
