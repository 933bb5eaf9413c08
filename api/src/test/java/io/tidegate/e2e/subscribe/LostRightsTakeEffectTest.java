package io.tidegate.e2e.subscribe;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Crowding;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken away is gone within 5 s, on connections that are open too. */
@WireTest
final class LostRightsTakeEffectTest {
  private static final double PROMISED_SECONDS = 5;
  private static final String CLIENT = "{'*':['subscribe','publish']}";

  private final TestApp app = TestApp.create(SharedGateway.target(), "Rights");

  @Test
  void narrowedKeyLosesSomeChannelsAndKeepsTheOthers() {
    TestApp other = anotherKey();
    Credential token = Credential.bearer(other.token("ada", CLIENT));
    try (WebSocketClient client = WebSocketClient.open(app.target(), token);
        SseClient stream = SseClient.open(app.target(), token, "chat:1", "news:1")) {
      client.subscribe("chat:1");
      client.subscribe("news:1");
      client.frames().await("subscribed", 2);
      stream.frames().await("subscribed", 2);
      takesEffect(
          () -> app.control().narrowKey(app.id(), other.keyId(), json("{'news:*':['subscribe']}")),
          () -> {
            client.frames().await("unsubscribed");
            stream.frames().await("unsubscribed");
          });

      for (Client one : List.of(client, stream)) {
        JsonNode lost = one.frames().await("unsubscribed");
        assertThat(lost.path("channel").asText()).isEqualTo("chat:1");
        assertThat(lost.path("code").asInt()).isEqualTo(40301);
      }
      app.publisher().numbers("chat:1", 1);
      app.publisher().numbers("news:1", 1);
      client.frames().awaitSeq("news:1", 1);
      stream.frames().awaitSeq("news:1", 1);
      assertThat(client.frames().messages("chat:1")).isEmpty();
      assertThat(stream.frames().messages("chat:1")).isEmpty();
    }
  }

  @Test
  void revokedKeyEndsItsConnectionsAndIsRefused() {
    TestApp other = anotherKey();
    Credential token = Credential.bearer(other.token("ada", CLIENT));
    try (WebSocketClient ofKey = WebSocketClient.open(app.target(), Credential.key(other.key()));
        WebSocketClient ofToken = WebSocketClient.open(app.target(), token);
        SseClient stream = SseClient.open(app.target(), token, "chat:2")) {
      ofKey.frames().await("connected");
      ofToken.frames().await("connected");
      stream.frames().await("subscribed");
      takesEffect(
          () -> app.control().revokeKey(app.id(), other.keyId()),
          () -> {
            awaitEnd(ofKey, 4005, 40131);
            awaitEnd(ofToken, 4005, 40131);
            stream.frames().await("error", frame -> frame.path("code").asInt() == 40131);
            stream.awaitEnd();
            Awaitility.await("refused over REST")
                .until(() -> publishedWith(Credential.key(other.key())) == 40131);
          });
      assertThat(publishedWith(token)).isEqualTo(40131);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenId", "clientId", "keyId"})
  void revokedTokenEndsItsConnectionsAndIsRefused(String by) {
    TestApp other = anotherKey();
    String clientId = "ada-" + by;
    JsonNode issued = other.issue(clientId, json(CLIENT), 600);
    String token = issued.path("token").asText();
    String named =
        switch (by) {
          case "tokenId" -> issued.path("tokenId").asText();
          case "clientId" -> clientId;
          default -> other.keyId();
        };
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.bearer(token));
        SseClient stream = SseClient.open(app.target(), Credential.bearer(token), "chat:3");
        WebSocketClient ofKey = WebSocketClient.open(app.target(), Credential.key(other.key()))) {
      client.frames().await("connected");
      stream.frames().await("subscribed");
      String revocation = json("{'targets':[{'%s':'%s'}]}", by, named);
      takesEffect(
          () -> app.rest().post("/v1/tokens/revoke", revocation).expect(204),
          () -> {
            awaitEnd(client, 4007, 40141);
            stream.frames().await("error", frame -> frame.path("code").asInt() == 40141);
          });
      assertThat(publishedWith(Credential.bearer(token))).isEqualTo(40141);
      ofKey.ping();
      assertThat(ofKey.isOpen()).as("the key itself goes on").isTrue();
      try (WebSocketClient fresh =
          WebSocketClient.open(app.target(), Credential.bearer(other.token(clientId, CLIENT)))) {
        fresh.frames().await("connected");
      }
    }
  }

  @Test
  void renewedTokenMayNarrowRightsAtOnce() {
    Credential token = Credential.bearer(app.token("ada", CLIENT));
    try (WebSocketClient client = WebSocketClient.open(app.target(), token)) {
      client.subscribe("chat:4");
      client.frames().await("subscribed");
      client.auth(app.token("ada", "{'news:*':['subscribe']}"));

      assertThat(client.frames().await("unsubscribed").path("channel").asText())
          .isEqualTo("chat:4");
      String id = client.publish("chat:4", "{\"data\":1}");
      JsonNode refused =
          client.frames().await("refusal", frame -> frame.path("id").asText().equals(id));
      assertThat(refused.path("code").asInt()).isEqualTo(40301);
    }
  }

  @Test
  void deletedAppEndsItsConnections() {
    TestApp doomed = TestApp.create(SharedGateway.target(), "Doomed");
    try (WebSocketClient client =
        WebSocketClient.open(app.target(), Credential.key(doomed.key()))) {
      client.frames().await("connected");
      String path = "/v1/apps/" + doomed.id() + "?cascade=true";
      takesEffect(
          () -> doomed.control().rest().delete(path).expect(204),
          () -> awaitEnd(client, 4004, 40120));
    }
  }

  private TestApp anotherKey() {
    return app.withKey(app.control().key(app.id(), TestApp.EVERYTHING));
  }

  private int publishedWith(Credential credential) {
    return new Rest(app.target(), credential)
        .post("/v1/channels/any/messages", "{\"data\":1}")
        .code();
  }

  /** In time, as far as the machine had that time. */
  private static void takesEffect(Runnable change, Runnable effect) {
    try (Crowding others = Crowding.watch()) {
      long begun = System.nanoTime();
      change.run();
      effect.run();
      double seconds = (System.nanoTime() - begun) / 1e9;
      assertThat(seconds).isLessThan(PROMISED_SECONDS * others.factor());
    }
  }

  private static void awaitEnd(WebSocketClient client, int closeCode, int code) {
    client.frames().await("error", frame -> frame.path("code").asInt() == code);
    assertThat(client.closeCode()).isEqualTo(closeCode);
  }
}
