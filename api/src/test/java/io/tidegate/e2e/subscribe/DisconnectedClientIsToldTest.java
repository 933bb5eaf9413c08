package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@WireTest
final class DisconnectedClientIsToldTest {
  private static final String CLIENT = "{'*':['subscribe']}";

  private final TestApp app = TestApp.create(SharedGateway.target(), "Disconnects");

  @Test
  void oneConnectionIsEndedByItsId() {
    try (WebSocketClient ended = open("ada");
        WebSocketClient other = open("ada")) {
      other.frames().await("connected");
      app.rest().delete("/v1/connections/" + ended.connectionId()).expect(204);

      assertThat(ended.closeCode()).isEqualTo(4010);
      assertThat(ended.frames().await("error").path("code").asInt()).isEqualTo(40307);
      other.ping();
      assertThat(listed()).contains(other.connectionId()).doesNotContain(ended.connectionId());
      app.rest().delete("/v1/connections/" + ended.connectionId()).expect(404);
    }
  }

  @Test
  void everyConnectionOfAClientIsEnded() {
    Credential token = Credential.bearer(app.token("bob", CLIENT));
    try (WebSocketClient socket = WebSocketClient.open(app.target(), token);
        SseClient stream = SseClient.open(app.target(), token, "room");
        WebSocketClient other = open("eve")) {
      socket.frames().await("connected");
      stream.frames().await("subscribed");
      other.frames().await("connected");
      app.rest().post("/v1/clients/bob/disconnect", null).expect(204);

      assertThat(socket.closeCode()).isEqualTo(4010);
      assertThat(stream.frames().await("error").path("code").asInt()).isEqualTo(40307);
      stream.awaitEnd();
      other.ping();
      assertThat(other.isOpen()).isTrue();
      app.rest().post("/v1/clients/nobody/disconnect", null).expect(204);
    }
  }

  @Test
  void listSaysWhoIsConnectedAndHow() {
    TestApp fresh = TestApp.create(SharedGateway.target(), "Connections");
    Credential token = Credential.bearer(fresh.token("ada", CLIENT));
    try (WebSocketClient socket = WebSocketClient.open(fresh.target(), token);
        SseClient stream = SseClient.open(fresh.target(), token, "a", "b")) {
      socket.frames().await("connected");
      stream.frames().await("subscribed", 2);

      List<JsonNode> items = new ArrayList<>();
      String next = "";
      do {
        JsonNode page = fresh.rest().get("/v1/connections?limit=1" + next).expect(200).json();
        page.path("items").forEach(items::add);
        next = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
      } while (!next.isEmpty());
      assertThat(items).extracting(item -> item.path("clientId").asText()).containsOnly("ada");
      assertThat(items)
          .extracting(item -> item.path("transport").asText())
          .containsExactlyInAnyOrder("websocket", "sse");
      assertThat(items)
          .filteredOn(item -> item.path("transport").asText().equals("sse"))
          .singleElement()
          .satisfies(item -> assertThat(item.path("subscriptions").asInt()).isEqualTo(2));
    }
  }

  private WebSocketClient open(String clientId) {
    return WebSocketClient.open(app.target(), Credential.bearer(app.token(clientId, CLIENT)));
  }

  private List<String> listed() {
    List<String> ids = new ArrayList<>();
    app.rest()
        .get("/v1/connections")
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }
}
