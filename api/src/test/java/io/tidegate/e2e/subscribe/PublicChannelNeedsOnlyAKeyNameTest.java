package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WireTest
final class PublicChannelNeedsOnlyAKeyNameTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Public");
  private final Credential keyName = Credential.keyName(app.keyName());

  @BeforeAll
  void rules() {
    app.namespace("public", "{'pattern':'public:*','public':true}");
  }

  @ParameterizedTest
  @EnumSource
  void anyoneMaySubscribe(Transport transport) {
    String channel = "public:" + transport;
    try (Client client = transport.open(app, keyName, channel)) {
      app.publisher().numbers(channel, 2);
      client.frames().awaitSeq(channel, 2);

      assertThat(client.frames().numbers(channel)).containsExactly(1, 2);
    }
  }

  @Test
  void nothingElseIsOpen() {
    try (WebSocketClient client = WebSocketClient.open(app.target(), keyName)) {
      client.subscribe("private");
      JsonNode refused = client.frames().await("error");
      assertThat(refused.path("code").asInt()).isEqualTo(40301);
      assertThat(refused.path("channel").asText()).isEqualTo("private");

      String id = client.publish("public:1", "{\"data\":1}");
      JsonNode noPublish =
          client.frames().await("refusal", frame -> frame.path("id").asText().equals(id));
      assertThat(noPublish.path("code").asInt()).isEqualTo(40301);
    }
    assertThatThrownBy(() -> SseClient.open(app.target(), keyName, "public:1", "private"))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(40301));
  }

  @Test
  void nameOfNoKeyOpensNothing() {
    Credential nobody = Credential.keyName(app.id() + ".nobody");
    try (WebSocketClient client = WebSocketClient.open(app.target(), nobody)) {
      assertThat(client.closeCode()).isEqualTo(4002);
    }
    assertThatThrownBy(() -> SseClient.open(app.target(), nobody, "public:1"))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(40101));
  }
}
