package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

@WireTest
final class TokenExpiryIsAnnouncedTest {
  private static final String CLIENT = "{'room':['subscribe']}";

  /** Within the 30 s of warning: it comes with the first look, and there is ample time to renew. */
  private static final int TTL_SECONDS = 20;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Expiry");

  /** A warning, then the end; but who renews in time stays. */
  @Test
  void connectionIsWarnedAndEndsUnlessItRenews() {
    String shortLived = app.token("ada", CLIENT, TTL_SECONDS);
    try (WebSocketClient ends = open(shortLived);
        WebSocketClient renews = open(shortLived);
        SseClient stream = SseClient.open(app.target(), Credential.bearer(shortLived), "room")) {
      renews.subscribe("room");
      for (JsonNode warning :
          new JsonNode[] {
            ends.frames().await("expiring"),
            renews.frames().await("expiring"),
            stream.frames().await("expiring")
          }) {
        assertThat(warning.path("inMs").asInt()).isBetween(0, TTL_SECONDS * 1000);
      }
      String id = renews.auth(app.token("ada", CLIENT));
      renews.frames().await("reply", frame -> frame.path("id").asText().equals(id));

      assertThat(ends.closeCode()).isEqualTo(4201);
      assertThat(ends.frames().await("error").path("code").asInt()).isEqualTo(40142);
      stream.awaitEnd();
      assertThat(stream.frames().await("error").path("code").asInt()).isEqualTo(40142);
      app.publisher().numbers("room", 1);
      renews.frames().awaitSeq("room", 1);
      assertThat(renews.isOpen()).isTrue();
    }
  }

  @Test
  void identityMayNotChange() {
    try (WebSocketClient client = open(app.token("ada", CLIENT))) {
      client.frames().await("connected");
      client.auth(app.token("bob", CLIENT));

      assertThat(client.closeCode()).isEqualTo(4003);
      assertThat(client.frames().await("error").path("code").asInt()).isEqualTo(40102);
    }
  }

  @Test
  void appMayNotChange() {
    TestApp other = TestApp.create(SharedGateway.target(), "Another");
    try (WebSocketClient client = open(app.token("ada", CLIENT))) {
      client.frames().await("connected");
      client.auth(other.token("ada", CLIENT));

      assertThat(client.closeCode()).isEqualTo(4003);
    }
  }

  @Test
  void badTokenIsRefusedAndTheGoodOneGoesOn() {
    try (WebSocketClient client = open(app.token("ada", CLIENT))) {
      client.frames().await("connected");
      String id = client.auth("no.such.token");
      JsonNode error = client.frames().await("error");

      assertThat(error.path("id").asText()).isEqualTo(id);
      client.ping();
      assertThat(client.isOpen()).isTrue();
    }
  }

  private WebSocketClient open(String token) {
    return WebSocketClient.open(app.target(), Credential.bearer(token));
  }
}
