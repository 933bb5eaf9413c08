package io.tidegate.e2e.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Open connections, and new ones per second; refused at the door, never cut off behind it. */
@WireTest
final class ConnectionsAreLimitedTest {
  @Test
  void oneTooManyIsRefusedOverWhateverItSpeaks() {
    TestApp app = app("{'connections':2}");
    try (WebSocketClient socket = socket(app);
        SseClient stream = stream(app)) {
      refused(() -> socket(app), 42901, "2 open connections (connections)");
      refused(() -> stream(app), 42901, "2 open connections (connections)");
      String token = app.token("ada", "{'room':['subscribe']}");
      try (WebSocketClient late = WebSocketClient.open(app.target(), Credential.NONE)) {
        late.auth(token);
        assertThat(late.closeCode()).isEqualTo(4104);
        assertThat(late.frames().await("error").path("code").asInt()).isEqualTo(42901);
      }
      assertThat(socket.isOpen()).isTrue();
      assertThat(stream.isOpen()).isTrue();
    }
  }

  @Test
  void placesAreFreeAgainHoweverConnectionsEnd() {
    TestApp app = app("{'connections':6}");
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(socket(app));
      clients.add(stream(app));
    }
    refused(() -> socket(app), 42901, "6 open connections");
    clients.get(0).close();
    clients.get(1).close();
    clients.get(2).cut();
    clients.get(3).cut();
    app.rest().delete("/v1/connections/" + ((WebSocketClient) clients.get(4)).connectionId());
    app.rest()
        .delete(
            "/v1/connections/"
                + clients.get(5).frames().await("connected").path("connectionId").asText());

    Awaitility.await("all have left").atMost(Duration.ofMinutes(1)).until(() -> open(app) == 0);
    for (int i = 0; i < 6; i++) {
      clients.add(
          Awaitility.await()
              .atMost(Duration.ofMinutes(1))
              .ignoreExceptions()
              .until(() -> socket(app), Client::isOpen));
    }
    refused(() -> stream(app), 42901, "6 open connections");
    clients.forEach(Client::close);
  }

  @Test
  void resumedConnectionKeepsItsPlace() {
    TestApp app = app("{'connections':1}");
    try (WebSocketClient client = socket(app)) {
      client.frames().await("connected");
      client.resume();
      client.frames().await("connected", 2);
      client.ping();
      refused(() -> socket(app), 42901, "1 open connections");
      client.resume();
      client.frames().await("connected", 3);
      client.ping();
    }
  }

  @Test
  void lowerLimitCutsNobodyOffAndAHigherOneLetsIn() {
    TestApp app = app("{'connections':3}");
    try (WebSocketClient first = socket(app);
        WebSocketClient second = socket(app)) {
      app.limits("{'connections':1}");
      refused(() -> socket(app), 42901, "1 open connections");
      first.ping();
      second.ping();
      app.limits("{'connections':null}");
      socket(app).close();
    }
  }

  @Test
  void newConnectionsHaveARate() {
    TestApp app = app("{'connectionsPerSecond':2}");
    try (WebSocketClient socket = socket(app);
        SseClient stream = stream(app)) {
      app.limits("{'connectionsPerSecond':0}");
      refused(() -> socket(app), 42902, "0 connections per second (connectionsPerSecond)");
      refused(() -> stream(app), 42902, "0 connections per second");
      Answer poll = app.rest().get("/v1/poll?channel=room");
      assertThat(poll.code()).isEqualTo(42902);
      assertThat(poll.headers().firstValue("Retry-After")).isPresent();
      String token = app.token("ada", "{'room':['subscribe']}");
      try (WebSocketClient late = WebSocketClient.open(app.target(), Credential.NONE)) {
        late.auth(token);
        assertThat(late.closeCode()).isEqualTo(4105);
      }
      assertThat(socket.isOpen()).isTrue();
    }
  }

  @Test
  void pollsTakeNoPlace() {
    TestApp app = app("{'connections':0}");
    app.publisher().numbers("room", 1);
    app.rest().get("/v1/poll?channel=room&rewind=1").expect(200);
    refused(() -> stream(app), 42901, "0 open connections");
  }

  private static int open(TestApp app) {
    return app.rest().get("/v1/connections").expect(200).json().path("items").size();
  }

  private static void refused(ThrowingCallable opening, int code, String detail) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            RefusedByGateway.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(429);
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused).hasMessageContaining(detail);
            });
  }

  private static WebSocketClient socket(TestApp app) {
    return WebSocketClient.open(app.target(), Credential.key(app.key()));
  }

  private static SseClient stream(TestApp app) {
    return SseClient.open(app.target(), Credential.key(app.key()), "room");
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Limited").limits(limits);
  }
}
