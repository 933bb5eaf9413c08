package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.metalog.MetaLog;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code [meta]log} tells keys with admin what happens in their app, and nobody else. */
@WireTest
final class LogTellsWhatHappensTest {
  private static final String LOG = "[meta]log";
  private static final String EVERYTHING = "{'*':['publish','subscribe','presence','history']}";

  private final Target target = SharedGateway.target();
  private TestApp app;
  private Credential key;

  @BeforeEach
  void another() {
    app = TestApp.create(target, "Logged");
    key = Credential.key(app.key());
  }

  @Test
  void overWebSocketsItTellsWhatClientsDo() {
    try (WebSocketClient listener = WebSocketClient.open(target, key)) {
      listener.subscribe(LOG);
      listener.frames().await("subscribed");
      clientsDoThings();
      tellsAll(listener);
    }
  }

  @Test
  void overEventStreamsToo() {
    try (SseClient listener = SseClient.open(target, key, LOG)) {
      listener.frames().await("subscribed");
      clientsDoThings();
      tellsAll(listener);
    }
  }

  private void clientsDoThings() {
    try (WebSocketClient client =
        WebSocketClient.open(target, Credential.bearer(app.token("ada", EVERYTHING)))) {
      client.subscribe("room");
      client.frames().await("subscribed");
      client.send(json("{'type':'presence','id':'p1','channel':'room','action':'enter'}"));
      client.publish("room", json("{'data':1}"));
      client.frames().await("reply", 2);
    }
    String narrow = app.token("bob", "{'room':['subscribe']}");
    assertThatThrownBy(() -> SseClient.open(target, Credential.bearer(narrow), "hall"))
        .isInstanceOf(RefusedByGateway.class);
    new Rest(target, Credential.bearer(narrow))
        .post("/v1/channels/room/messages", json("{'data':1}"))
        .expect(403);
  }

  private void tellsAll(Client listener) {
    String connection = event(listener, "connection.opened").path("connectionId").asText();
    for (String name :
        new String[] {
          "subscription.added",
          "presence.enter",
          "presence.leave",
          "subscription.removed",
          "connection.closed"
        }) {
      JsonNode told =
          listener
              .frames()
              .await(
                  name,
                  frame ->
                      frame.path("name").asText().equals(name)
                          && frame.path("data").path("connectionId").asText().equals(connection))
              .path("data");
      assertThat(told.path("clientId").asText()).as(name).isEqualTo("ada");
      assertThat(told.path("keyName").asText()).as(name).isEqualTo(app.keyName());
    }
    JsonNode published = event(listener, "message.published");
    assertThat(published.path("channel").asText()).isEqualTo("room");
    assertThat(published.path("messages").asInt()).isEqualTo(1);
    JsonNode refused = event(listener, "subscription.refused");
    assertThat(refused.path("code").asInt()).isEqualTo(40301);
    assertThat(refused.path("step").asText()).isEqualTo("token.capabilities");
    assertThat(refused.path("clientId").asText()).isEqualTo("bob");
    assertThat(event(listener, "message.refused").path("requestId").asText()).isNotEmpty();
  }

  /** Of the first event of this name that is not about the listener itself. */
  private static JsonNode event(Client listener, String name) {
    return listener
        .frames()
        .await(
            name,
            frame -> frame.path("name").asText().equals(name) && frame.path("data").has("clientId"))
        .path("data");
  }

  @Test
  void onlyKeysWithAdminReadItAndNobodyWrites() {
    app.namespace("all", "{'pattern':'*','public':true}");
    Credential token = Credential.bearer(app.token("ada", EVERYTHING));
    Credential weak = Credential.key(app.control().key(app.id(), json(EVERYTHING)));
    refused(token, 40303);
    refused(Credential.keyName(app.keyName()), 40303);
    refused(weak, 40301);
    String messages = "/v1/channels/" + Rest.encode(LOG) + "/messages";
    assertThat(app.rest().post(messages, json("{'data':1}")).code()).isEqualTo(40301);
    assertThat(new Rest(target, token).get(messages).code()).isEqualTo(40303);
    assertThat(app.rest().get(messages).status()).isEqualTo(200);
  }

  private void refused(Credential credential, int code) {
    assertThatThrownBy(() -> SseClient.open(target, credential, LOG))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void nothingIsMadeOnceNobodyListens() {
    MetaLog log = SharedGateway.bean(MetaLog.class);
    SseClient.open(target, key, LOG).close();
    try (WebSocketClient listener = WebSocketClient.open(target, key)) {
      listener.subscribe(LOG);
      listener.frames().await("subscribed");
      assertThat(log.isHeard()).isTrue();
      listener.send(json("{'type':'unsubscribe','id':'u1','channel':'[meta]log'}"));
      listener.frames().await("reply");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !log.isHeard());
    }
  }
}
