package io.tidegate.e2e.subscribe;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

@WireTest
final class ResumedConnectionKeepsItsIdTest {
  private static final String CLIENT = "{'*':['subscribe','publish']}";

  private final TestApp app = TestApp.create(SharedGateway.target(), "Resumes");

  @Test
  void cutConnectionGoesOnAsItself() {
    try (WebSocketClient client = open(app.token("ada", CLIENT))) {
      client.subscribe("room");
      client.frames().await("subscribed");
      String id = client.connectionId();
      client.cut();
      app.publisher().numbers("room", 2);
      client.resume();
      client.frames().awaitSeq("room", 2);

      JsonNode again = client.frames().await("connected", 2);
      assertThat(again.path("connectionId").asText()).isEqualTo(id);
      assertThat(again.path("resumed").asBoolean()).isTrue();
      assertThat(client.frames().numbers("room")).containsExactly(1, 2);
    }
  }

  @Test
  void olderSocketIsClosedWhenAnotherGoesOn() {
    String token = app.token("ada", CLIENT);
    try (WebSocketClient older = open(token)) {
      String key = older.frames().await("connected").path("connectionKey").asText();
      try (WebSocketClient newer = open(token, key)) {
        assertThat(newer.connectionId()).isEqualTo(older.connectionId());
        assertThat(older.closeCode()).isEqualTo(4011);
        assertThat(older.frames().await("error").path("code").asInt()).isEqualTo(40906);
        newer.ping();
        assertThat(newer.isOpen()).isTrue();
      }
    }
  }

  @Test
  void resumeKeyWorksInTheAuthFrameToo() {
    String token = app.token("ada", CLIENT);
    try (WebSocketClient older = open(token);
        WebSocketClient newer = WebSocketClient.open(app.target(), Credential.NONE)) {
      String key = older.frames().await("connected").path("connectionKey").asText();
      newer.send(json("{'type':'auth','token':'%s','resume':'%s'}", token, key));

      assertThat(newer.connectionId()).isEqualTo(older.connectionId());
      assertThat(older.closeCode()).isEqualTo(4011);
    }
  }

  @Test
  void keyOfAnotherClientOpensAConnectionOfItsOwn() {
    try (WebSocketClient ada = open(app.token("ada", CLIENT))) {
      String key = ada.frames().await("connected").path("connectionKey").asText();
      try (WebSocketClient bob = open(app.token("bob", CLIENT), key);
          WebSocketClient forged = open(app.token("ada", CLIENT), key + "x")) {
        for (WebSocketClient other : new WebSocketClient[] {bob, forged}) {
          assertThat(other.connectionId()).isNotEqualTo(ada.connectionId());
          assertThat(other.frames().await("connected").path("resumed").asBoolean()).isFalse();
        }
        ada.ping();
        assertThat(ada.isOpen()).isTrue();
      }
    }
  }

  private WebSocketClient open(String token) {
    return WebSocketClient.open(app.target(), Credential.bearer(token));
  }

  private WebSocketClient open(String token, String connectionKey) {
    return WebSocketClient.open(
        app.target(), Credential.bearer(token), "resume=" + Rest.encode(connectionKey));
  }
}
