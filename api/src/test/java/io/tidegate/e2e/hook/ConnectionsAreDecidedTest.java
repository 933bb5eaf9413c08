package io.tidegate.e2e.hook;

import static io.tidegate.e2e.hook.HookReceiver.ALLOW;
import static io.tidegate.e2e.hook.HookReceiver.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.PollClient;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.hook.HookReceiver.Reply;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connect hook lets clients in, refuses them, and makes less of them. */
@WireTest
final class ConnectionsAreDecidedTest {
  private static final String ALL = "{'*':['publish','subscribe','presence','history']}";

  private TestApp app;
  private HookReceiver receiver;

  @BeforeEach
  void another() {
    app = HookGateway.app();
    receiver = new HookReceiver(asked -> ALLOW);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private JsonNode hook(String more, Function<JsonNode, Reply> decide) {
    receiver.decide(decide);
    return HookGateway.hook(app, "connect", receiver.url(), more);
  }

  private WebSocketClient open(String token) {
    return WebSocketClient.open(app.target(), Credential.bearer(token));
  }

  private int refused(String token) {
    try {
      open(token).close();
      return 0;
    } catch (RefusedByGateway refused) {
      return refused.code();
    }
  }

  private String anonymous(String capabilities) {
    return app.rest()
        .post("/v1/tokens", Json.json("{'capabilities':%s}", Json.json(capabilities)))
        .expect(201)
        .json()
        .path("token")
        .asText();
  }

  @Test
  void whoIsAllowedIsConnectedByEveryProtocol() {
    hook("", asked -> ALLOW);
    String token = app.token("ada", ALL);

    try (WebSocketClient socket = open(token);
        SseClient stream = SseClient.open(app.target(), Credential.bearer(token), "room");
        PollClient poll = PollClient.open(app.target(), Credential.bearer(token), "room")) {
      socket.frames().await("connected");
      stream.frames().await("subscribed");
      poll.frames().await("subscribed");
    }

    JsonNode data = receiver.calls().getFirst().data();
    assertThat(receiver.calls().getFirst().envelope().path("type").asText()).isEqualTo("connect");
    assertThat(data.path("clientId").asText()).isEqualTo("ada");
    assertThat(data.path("keyName").asText()).isEqualTo(app.keyName());
    assertThat(data.path("protocol").asText()).isEqualTo("websocket");
    assertThat(data.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(data.path("capabilities").path("*")).hasSize(4);
    assertThat(receiver.calls())
        .extracting(call -> call.data().path("protocol").asText())
        .contains("websocket", "sse", "poll");
  }

  @Test
  void whoIsRefusedIsToldWhyByEveryProtocol() {
    hook("", asked -> json("{'decision':'refuse','reason':'banned'}"));
    String token = app.token("eve", ALL);

    assertThatThrownBy(() -> open(token))
        .isInstanceOfSatisfying(
            RefusedByGateway.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(40310);
              assertThat(refused).hasMessageContaining("banned");
            });
    assertThatThrownBy(() -> SseClient.open(app.target(), Credential.bearer(token), "room"))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(40310));
    try (WebSocketClient late = WebSocketClient.open(app.target(), Credential.NONE)) {
      late.auth(token);
      assertThat(late.closeCode()).isEqualTo(4012);
      assertThat(late.frames().ofType("connected")).isEmpty();
    }
  }

  @Test
  void aNamelessClientGetsANameAndKeepsItWithAFreshToken() {
    hook("", asked -> json("{'decision':'change','clientId':'guest-7'}"));

    try (WebSocketClient client = open(anonymous(ALL))) {
      assertThat(client.frames().await("connected").path("clientId").asText()).isEqualTo("guest-7");
      client.auth(anonymous(ALL));
      client.frames().await("reply");
      client.subscribe("room");
      client.frames().await("subscribed");
      client.publish("room", Json.json("{'data':1}"));
      assertThat(client.frames().await("message").path("clientId").asText()).isEqualTo("guest-7");
    }
  }

  @Test
  void aNameThatATokenHasStays() {
    hook("", asked -> json("{'decision':'change','clientId':'other'}"));

    assertThat(refused(app.token("ada", ALL))).isEqualTo(50310);
  }

  @Test
  void capabilitiesOnlyShrinkAndAFreshTokenDoesNotBringThemBack() {
    hook(
        "",
        asked ->
            json(
                "{'decision':'change','capabilities':{'room':['subscribe'],'secret':['subscribe']}}"));
    String capabilities = "{'room':['subscribe','publish'],'other':['subscribe']}";

    try (WebSocketClient client = open(app.token("ada", capabilities))) {
      client.frames().await("connected");
      for (int round = 1; round <= 2; round++) {
        client.publish("room", Json.json("{'data':1}"));
        client.subscribe("other");
        client.subscribe("secret");
        client.frames().await("error", 3 * round);
        assertThat(client.frames().ofType("error"))
            .allSatisfy(error -> assertThat(error.path("code").asInt()).isEqualTo(40301));
        client.auth(app.token("ada", capabilities));
        client.frames().await("reply", round);
      }
      client.subscribe("room");
      client.frames().await("subscribed");
    }
    String token = app.token("ada", capabilities);
    assertThatThrownBy(() -> SseClient.open(app.target(), Credential.bearer(token), "other"))
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(40301));
  }

  @Test
  void aConnectionMayEndEarlierThanItsTokenAndNotLater() {
    hook("", asked -> json("{'decision':'change','expiresInSeconds':1}"));

    try (WebSocketClient client = open(app.token("ada", ALL, 3_600))) {
      client.frames().await("connected");
      assertThat(client.closeCode()).isEqualTo(4201);
    }
  }

  @Test
  void aDecisionIsKeptForTheSameTokenOnly() {
    JsonNode hook = hook(",'cacheSeconds':600", asked -> ALLOW);
    String token = app.token("ada", ALL);
    for (int i = 0; i < 3; i++) {
      open(token).close();
    }
    assertThat(receiver.calls()).hasSize(1);

    open(app.token("ada", ALL)).close();

    assertThat(receiver.calls()).hasSize(2);
    JsonNode counts = HookGateway.calls(app, hook).path("counts");
    assertThat(counts.path("allow").asInt()).isEqualTo(2);
    assertThat(counts.path("cached").asInt()).isEqualTo(2);
  }

  @Test
  void whatWasRevokedDoesNotComeInByAKeptDecision() {
    hook(",'cacheSeconds':600", asked -> ALLOW);
    JsonNode issued = app.issue("ada", ALL, 3_600);
    String token = issued.path("token").asText();
    open(token).close();
    app.rest()
        .post(
            "/v1/tokens/revoke",
            Json.json("{'targets':[{'tokenId':'%s'}]}", issued.path("tokenId").asText()))
        .expect(204);

    assertThat(refused(token)).isEqualTo(40141);
  }

  @Test
  void aChangeOfTheHookEndsWhatWasKept() {
    JsonNode hook = hook(",'cacheSeconds':600", asked -> ALLOW);
    String token = app.token("ada", ALL);
    open(token).close();
    HookGateway.operator(app)
        .patch(
            HookGateway.path(app) + "/" + hook.path("id").asText(), Json.json("{'timeoutMs':900}"))
        .expect(200);

    open(token).close();

    assertThat(receiver.calls()).hasSize(2);
  }

  @Test
  void withoutAnAnswerTheChoiceHolds() {
    JsonNode hook = hook("", asked -> new Reply(500, ""));
    String token = app.token("ada", ALL);
    assertThat(refused(token)).isEqualTo(50310);
    HookGateway.operator(app)
        .patch(
            HookGateway.path(app) + "/" + hook.path("id").asText(),
            Json.json("{'onFailure':'allow'}"))
        .expect(200);

    try (WebSocketClient client = open(token)) {
      client.frames().await("connected");
    }
  }

  @Test
  void aKeysConnectionStaysAsNarrowAsTheHookMadeItWhenItsKeyChanges() {
    hook("", asked -> json("{'decision':'change','capabilities':{'room':['subscribe']}}"));
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      client.frames().await("connected");
      app.control().narrowKey(app.id(), app.keyId(), Json.json("{'*':['subscribe','publish']}"));
      client.publish("room", Json.json("{'data':1}"));
      assertThat(client.frames().await("error").path("code").asInt()).isEqualTo(40301);
      client.subscribe("room");
      client.frames().await("subscribed");
    }
    // What needs no connection is not the hook's.
    new Rest(app.target(), Credential.key(app.key()))
        .post("/v1/channels/room/messages", Json.json("{'data':1}"))
        .expect(201);
  }
}
