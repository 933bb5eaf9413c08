package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.PollClient;
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
import java.util.function.Predicate;
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

  /** Between two polls nobody is there; the next one has what happened meanwhile. */
  @Test
  void andOverPolls() {
    try (PollClient listener = PollClient.open(target, key, LOG)) {
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
      client.send(
          json("{'type':'presence','id':'p2','channel':'room','action':'update','data':1}"));
      client.frames().await("reply", 3);
      client.send(json("{'type':'unsubscribe','id':'u1','channel':'room'}"));
      client.frames().await("reply", 4);
    }
    String narrow = app.token("bob", "{'room':['subscribe']}");
    assertThatThrownBy(() -> SseClient.open(target, Credential.bearer(narrow), "hall"))
        .isInstanceOf(RefusedByGateway.class);
    new Rest(target, Credential.bearer(narrow))
        .post("/v1/channels/room/messages", json("{'data':1}"))
        .expect(403);
    String late = Forged.expired(app.keyName(), app.key().substring(app.key().indexOf(':') + 1));
    assertThatThrownBy(() -> WebSocketClient.open(target, Credential.bearer(late)))
        .isInstanceOf(RefusedByGateway.class);
    app.rest().post("/v1/channels/hall/messages", json("{'data':1}")).expect(201);
    app.limits("{'publishesPerSecond':0}");
    app.rest().send("POST", "/v1/channels/room/messages", json("{'data':1}")).expect(429);
  }

  private void tellsAll(Client listener) {
    String connection = event(listener, "connection.opened").path("connectionId").asText();
    for (String name :
        new String[] {
          "subscription.added",
          "presence.enter",
          "presence.update",
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
    assertThat(published.path("requestId").asText()).isNotEmpty();
    JsonNode refused = event(listener, "subscription.refused");
    assertThat(refused.path("code").asInt()).isEqualTo(40301);
    assertThat(refused.path("step").asText()).isEqualTo("token.capabilities");
    assertThat(refused.path("clientId").asText()).isEqualTo("bob");
    assertThat(event(listener, "message.refused").path("requestId").asText()).isNotEmpty();
    JsonNode door = event(listener, "connection.refused");
    assertThat(door.path("code").asInt()).isEqualTo(40142);
    assertThat(door.path("step").asText()).isEqualTo("token.expiry");
    assertThat(door.path("requestId").asText()).isNotEmpty();
    JsonNode limit = listener.frames().await("limit", named("limit.refused")).path("data");
    assertThat(limit.path("code").asInt()).isEqualTo(42910);
    assertThat(limit.path("operation").asText()).isEqualTo("publish");
    assertThat(limit.path("keyName").asText()).isEqualTo(app.keyName());
    JsonNode ofKey =
        listener
            .frames()
            .await(
                "a publish over REST",
                frame ->
                    frame.path("data").path("channel").asText().equals("hall")
                        && named("message.published").test(frame))
            .path("data");
    assertThat(ofKey.path("requestId").asText()).isNotEmpty();
    assertThat(listener.frames().toString())
        .doesNotContain(app.key().substring(app.key().indexOf(':') + 1));
  }

  private static Predicate<JsonNode> named(String name) {
    return frame -> frame.path("name").asText().equals(name);
  }

  /** Of the first event of this name that is not about the listener itself. */
  private static JsonNode event(Client listener, String name) {
    return listener
        .frames()
        .await(name, named(name).and(frame -> frame.path("data").has("clientId")))
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
