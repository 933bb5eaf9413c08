package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@WireTest
final class PresenceIsRefusedTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "No presence");
  private final Audience audience = new Audience(app);

  @Test
  void enteringNeedsTheCapabilityAndANamedClient() {
    try (WebSocketClient observer = client(app.token("eve", "{'*':['subscribe']}"));
        WebSocketClient key = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      act(observer, "enter", "room", "");
      assertThat(codes(observer)).containsExactly(40301);
      act(key, "enter", "room", "");
      assertThat(codes(key)).containsExactly(40302);
      assertThat(audience.listed("room", 10)).isEmpty();
    }
  }

  @Test
  void seeingNeedsTheRightToSubscribe() {
    String token = app.token("eve", "{'*':['publish','presence','history']}");
    try (WebSocketClient eve = client(token)) {
      eve.send(json("{'type':'presence.get','id':'1','channel':'room'}"));
      eve.frames().await("error");
      assertThat(codes(eve)).containsExactly(40301);
    }
    assertThat(
            new Rest(app.target(), Credential.bearer(token))
                .get("/v1/channels/room/presence")
                .code())
        .isEqualTo(40301);
  }

  @Test
  void onlyMembersAreUpdated() {
    try (WebSocketClient ada = audience.client("ada")) {
      act(ada, "update", "quiet", "1");
      assertThat(codes(ada)).containsExactly(40907);
      act(ada, "leave", "quiet", "");
      assertThat(codes(ada)).hasSize(1);
    }
  }

  @Test
  void whereItIsOffNothingIsToldOrEntered() {
    app.namespace("off", "{'pattern':'off:*','presence':{'mode':'off'}}");
    try (WebSocketClient ada = audience.client("ada")) {
      act(ada, "enter", "off:1", "");
      ada.send(json("{'type':'subscribe','id':'s','presence':true,'channel':'off:1'}"));
      ada.frames().await("error", 2);
      assertThat(codes(ada)).containsExactly(40308, 40308);
    }
    assertThat(app.rest().get("/v1/channels/off%3A1/presence").code()).isEqualTo(40308);
  }

  @Test
  void aFullChannelLetsNobodyElseIn() {
    app.namespace("small", "{'pattern':'small:*','presence':{'maxMembers':2}}");
    app.namespace("wide", "{'pattern':'wide:*','presence':{'maxMembers':50}}");
    app.limits("{'presenceMembersPerChannel':3}");
    try (WebSocketClient a = audience.client("a");
        WebSocketClient b = audience.client("b");
        WebSocketClient c = audience.client("c");
        WebSocketClient d = audience.client("d")) {
      for (WebSocketClient one : List.of(a, b, c, d)) {
        enter(one, "small:1");
        enter(one, "wide:1");
      }
      assertThat(audience.listed("small:1", 10)).containsExactly("a", "b");
      assertThat(audience.listed("wide:1", 10)).containsExactly("a", "b", "c");
      assertThat(codes(c)).containsExactly(42908);
      assertThat(codes(d)).containsExactly(42908, 42908);
      act(a, "update", "wide:1", "{}");
      assertThat(codes(a)).isEmpty();
      act(a, "leave", "wide:1", "");
      enter(d, "wide:1");
      assertThat(audience.listed("wide:1", 10)).containsExactly("b", "c", "d");
    }
  }

  @Test
  void comingNearTheLimitIsRecordedOnce() {
    TestApp limited = TestApp.create(SharedGateway.target(), "Nearly full");
    limited.limits("{'presenceMembersPerChannel':5}");
    Audience all = new Audience(limited);
    List<WebSocketClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        clients.add(all.client("c" + i));
        enter(clients.getLast(), "room");
      }
      enter(clients.getFirst(), "hall");
      assertThat(warnings(limited)).isEmpty();
      for (int i = 3; i < 5; i++) {
        clients.add(all.client("c" + i));
        enter(clients.getLast(), "room");
      }
      JsonNode warning =
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> warnings(limited), found -> !found.isEmpty())
              .getFirst();
      assertThat(warning.path("after").path("limit").asText())
          .isEqualTo("presenceMembersPerChannel");
      assertThat(warning.path("after").path("used").asInt()).isEqualTo(4);
      assertThat(warning.path("after").path("most").asInt()).isEqualTo(5);
      assertThat(warnings(limited)).hasSize(1);
    } finally {
      clients.forEach(WebSocketClient::close);
    }
  }

  private static List<JsonNode> warnings(TestApp of) {
    String path = "/v1/tenants/" + of.tenantId() + "/audit-events";
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : of.control().rest().get(path).expect(200).json().path("items")) {
      if (event.path("action").asText().equals("limit.warning")) {
        found.add(event);
      }
    }
    return found;
  }

  @Test
  void largeDataIsRefused() {
    try (WebSocketClient ada = audience.client("ada")) {
      act(ada, "enter", "room2", "\"" + "x".repeat(5_000) + "\"");
      assertThat(codes(ada)).containsExactly(41301);
    }
  }

  @Test
  void aMemberThatLosesTheRightLeaves() {
    try (WebSocketClient ada = audience.client("ada");
        WebSocketClient observer = audience.observer("narrow")) {
      enter(ada, "narrow");
      Audience.awaitSeen(observer, "narrow", "ada");
      ada.auth(app.token("ada", "{'*':['subscribe']}"));
      Audience.awaitSeen(observer, "narrow");
      assertThat(ada.isOpen()).isTrue();
    }
  }

  private WebSocketClient client(String token) {
    return WebSocketClient.open(app.target(), Credential.bearer(token));
  }

  private static List<Integer> codes(WebSocketClient client) {
    return client.frames().ofType("error").stream()
        .map(frame -> frame.path("code").asInt())
        .toList();
  }
}
