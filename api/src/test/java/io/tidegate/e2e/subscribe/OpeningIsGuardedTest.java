package io.tidegate.e2e.subscribe;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WireTest
final class OpeningIsGuardedTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Openings");

  @Test
  void silentSocketIsClosed() {
    try (WebSocketClient client = anonymous()) {
      assertThat(client.closeCode()).isEqualTo(4103);
      assertThat(client.frames().await("error").path("code").asInt()).isEqualTo(40801);
    }
  }

  @Test
  void firstFrameIsAuth() {
    try (WebSocketClient client = anonymous()) {
      client.subscribe("room");
      assertThat(client.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void badTokenInTheFirstFrameCloses() {
    try (WebSocketClient client = anonymous()) {
      client.auth("not a token");
      assertThat(client.closeCode()).isIn(4002, 4008);
    }
  }

  @Test
  void goodTokenInTheFirstFrameOpens() {
    String token = app.token("ada", "{'room':['subscribe']}");
    try (WebSocketClient client = anonymous()) {
      client.auth(token);
      client.subscribe("room");
      assertThat(client.frames().await("subscribed").path("seq").asInt()).isZero();
      assertThat(client.frames().await("connected").path("clientId").asText()).isEqualTo("ada");
    }
  }

  @Test
  void nobodyNeedWaitForTheAnswerToAuth() {
    String token = app.token("ada", "{'note-*':['publish']}");
    try (WebSocketClient other = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      other.subscribe("note-1");
      other.frames().await("subscribed");
      try (WebSocketClient client = anonymous()) {
        client.auth(token);
        client.publish("note-1", "{\"data\":1}");
        JsonNode note = other.frames().await("message");

        assertThat(note.path("clientId").asText()).isEqualTo("ada");
        assertThat(note.path("connectionId").asText()).isEqualTo(client.connectionId());
      }
    }
  }

  @Test
  void badCredentialInTheHandshakeIsAnHttpRefusal() {
    Credential wrong = Credential.key(app.keyName() + ":wrong");
    assertThatThrownBy(() -> WebSocketClient.open(app.target(), wrong))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  @Test
  void keyToResumeByIsNoLongerThanOneCanBe() {
    String authorization = Credential.key(app.key()).authorization();
    Credential longest = new Credential(authorization, "resume=" + "x".repeat(255));
    Credential longer = new Credential(authorization, "resume=" + "x".repeat(256));

    try (WebSocketClient client = WebSocketClient.open(app.target(), longest)) {
      assertThat(client.frames().await("connected").path("resumed").asBoolean()).isFalse();
    }
    assertThatThrownBy(() -> WebSocketClient.open(app.target(), longer))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/ws, 426, 42600",
    "/v1/sse, 400, 40003",
    "/v1/poll, 400, 40003",
    "/v1/sse?channel=%23x, 400, 40010",
    "/v1/sse?channel=room&lastEventId=garbage, 400, 40051",
    "/v1/poll?channel=room&since=garbage, 400, 40051",
    "/v1/sse?channel=room&rewind=soon, 400, 40003"
  })
  void requestThatCannotBeServedSaysWhy(String path, int status, int code) {
    Answer answer = app.rest().get(path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/sse?channel=room",
        "/v1/poll?channel=room",
        "/v1/sse",
        "/v1/poll",
        "/v1/sse?channel=%23x",
        "/v1/poll?channel=room&since=garbage"
      })
  void streamIsAskedForItsCredentialBeforeAnythingElse(String path) {
    Rest nobody = new Rest(app.target(), Credential.NONE);
    assertThat(nobody.get(path).code()).isEqualTo(40100);
  }

  @Test
  void faultyFrameIsRefusedAndTheConnectionGoesOn() {
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      for (String frame :
          new String[] {
            "{", "[]", "{'type':'dance'}", "{'type':'ping','mood':1}", "{'type':'subscribe'}"
          }) {
        client.sendAnything(json(frame));
      }
      client.frames().await("error", 5);
      client.ping();

      assertThat(client.frames().ofType("error"))
          .extracting(error -> error.path("code").asInt())
          .containsExactly(40001, 40001, 40053, 40002, 40003);
    }
  }

  @Test
  void binaryFrameEndsTheConnection() {
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      client.frames().await("connected");
      client.sendBytes(new byte[] {1, 2, 3});

      assertThat(client.closeCode()).isEqualTo(1003);
    }
  }

  private WebSocketClient anonymous() {
    return WebSocketClient.open(app.target(), Credential.NONE);
  }
}
