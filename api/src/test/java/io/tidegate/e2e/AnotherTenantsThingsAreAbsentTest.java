package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contract.Route;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Two tenants, and every route of the contract that names something: with the other's ids, all of
 * them or only some, the answer is that of ids that nobody has.
 */
@WireTest
final class AnotherTenantsThingsAreAbsentTest {
  private final Target target = SharedGateway.target();
  private final TestApp own = TestApp.create(target, "Own");
  private final TestApp foreign = TestApp.create(target, "Foreign");
  private final Rest owner =
      new Rest(target, Credential.bearer(own.control().controlToken(own.tenantId(), "owner")));

  @TestFactory
  Stream<DynamicTest> controlPlaneAnswersAsForAbsentIds() {
    foreign.namespace("chat", "{'pattern':'chat:*'}");
    String tokens = "/v1/tenants/" + foreign.tenantId() + "/control-tokens";
    foreign.control().controlToken(foreign.tenantId(), "viewer");
    String tokenId =
        foreign.control().rest().get(tokens).expect(200).json().at("/items/0/id").asText();
    String webhook = "{'name':'a','url':'https://a.example','events':['message.published']}";
    String webhookId =
        foreign
            .control()
            .rest()
            .post("/v1/apps/" + foreign.id() + "/webhooks", json(webhook))
            .expect(201)
            .json()
            .path("id")
            .asText();
    String memberId =
        foreign
            .control()
            .rest()
            .post(
                "/v1/tenants/" + foreign.tenantId() + "/members",
                json("{'email':'ada@acme.example','role':'viewer'}"))
            .expect(201)
            .json()
            .path("id")
            .asText();
    String hook =
        "{'name':'a','kind':'before-publish','url':'https://a.example','pattern':'hooked'}";
    String hookId =
        foreign
            .control()
            .rest()
            .post("/v1/apps/" + foreign.id() + "/hooks", json(hook))
            .expect(201)
            .json()
            .path("id")
            .asText();
    Map<String, String> foreignIds =
        Map.of(
            "tenantId",
            foreign.tenantId(),
            "appId",
            foreign.id(),
            "keyId",
            foreign.keyId(),
            "name",
            "chat",
            "tokenId",
            tokenId,
            "webhookId",
            webhookId,
            "hookId",
            hookId,
            "memberId",
            memberId,
            "deliveryId",
            "0197f3c6-2f0a-7b2d-8e3f-1a2b3c4d5e6f");
    Map<String, String> absentIds =
        Map.of(
            "tenantId", "0197f3c2-6b1e-7c3a-9d52-000000000000",
            "appId", "999999999999",
            "keyId", "nobody",
            "name", "nothing",
            "tokenId", "0197f3c4-0a77-7f21-b0c1-000000000000",
            "webhookId", "0197f3c5-11d2-7a60-8b5e-000000000000",
            "hookId", "0197f3c6-22e3-7b71-9c6f-000000000000",
            "memberId", "0197f3d1-5a10-7c0e-8f21-000000000000",
            "deliveryId", "0197f3c6-2f0a-7b2d-8e3f-000000000000");
    return Judge.routes().stream()
        .filter(route -> route.role() != null && !route.pathParameters().isEmpty())
        .filter(route -> !"operator".equals(route.role()))
        .flatMap(
            route ->
                mixtures(route, foreignIds, absentIds).stream()
                    .map(
                        pair ->
                            dynamicTest(
                                route.operationId() + " " + pair.foreign(),
                                () -> assertSame(route, pair))));
  }

  /** Two paths that must get the same answer. */
  private record Pair(String foreign, String absent) {}

  /** All ids foreign; and, where there are several, the outer ones own. */
  private List<Pair> mixtures(
      Route route, Map<String, String> foreignIds, Map<String, String> absentIds) {
    Map<String, String> ownIds = Map.of("tenantId", own.tenantId(), "appId", own.id());
    List<Pair> pairs = new ArrayList<>();
    pairs.add(new Pair(path(route, foreignIds), path(route, absentIds)));
    // An app's key and namespace names are its own: ids of these are unique everywhere.
    if (route.pathParameters().contains("tokenId")
        || route.pathParameters().contains("webhookId")
        || route.pathParameters().contains("hookId")
        || route.pathParameters().contains("memberId")) {
      Map<String, String> mixed = new LinkedHashMap<>(foreignIds);
      Map<String, String> mixedAbsent = new LinkedHashMap<>(absentIds);
      mixed.putAll(ownIds);
      mixedAbsent.putAll(ownIds);
      pairs.add(new Pair(path(route, mixed), path(route, mixedAbsent)));
    }
    return pairs;
  }

  private static String path(Route route, Map<String, String> ids) {
    String path = route.path();
    for (String parameter : route.pathParameters()) {
      path = path.replace("{" + parameter + "}", ids.getOrDefault(parameter, ""));
    }
    return path;
  }

  private void assertSame(Route route, Pair pair) {
    String example = route.exampleRequest();
    assertSame(route, pair, example);
    // The example changes limits, which only operators may: once more with what an owner may.
    String body = route.operationId().equals("updateTenant") ? json("{'name':'Mine'}") : example;

    assertThat(assertSame(route, pair, body)).isEqualTo(40400);
  }

  /** Returns the code of both answers. */
  private int assertSame(Route route, Pair pair, @Nullable String body) {
    Answer foreignAnswer = owner.send(route.method(), pair.foreign(), body);
    Answer absentAnswer = owner.send(route.method(), pair.absent(), body);

    assertThat(withoutRequestId(foreignAnswer)).isEqualTo(withoutRequestId(absentAnswer));
    assertThat(foreignAnswer.headers().map().keySet())
        .isEqualTo(absentAnswer.headers().map().keySet());
    return foreignAnswer.code();
  }

  private static ObjectNode withoutRequestId(Answer answer) {
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("requestId");
    return body;
  }

  @Test
  void connectionOfAnotherTenantIsAbsentAndStaysOpen() {
    Credential key = Credential.key(foreign.key());
    try (WebSocketClient client = WebSocketClient.open(target, key)) {
      Answer answer = own.rest().delete("/v1/connections/" + client.connectionId()).expect(404);
      Answer absent = own.rest().delete("/v1/connections/nobody-AAAAAAAAAAAA").expect(404);

      assertThat(withoutRequestId(answer)).isEqualTo(withoutRequestId(absent));
      client.ping();
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void clientOfAnotherTenantIsNotDisconnected() {
    Credential token = Credential.bearer(foreign.token("ada", "{'*':['subscribe']}"));
    try (WebSocketClient client = WebSocketClient.open(target, token)) {
      client.frames().await("connected");
      own.rest().post("/v1/clients/ada/disconnect", null).expect(204);
      client.ping();
      assertThat(client.isOpen()).isTrue();
    }
  }

  /** Channel names belong to an app: the same name is another channel, and says nothing. */
  @Test
  void channelOfAnotherTenantIsLikeOneNeverUsed() {
    foreign.namespace("durable", "{'pattern':'secret:*','durability':'durable'}");
    try (WebSocketClient client = WebSocketClient.open(target, Credential.key(foreign.key()))) {
      client.subscribe("secret:plans");
      client.frames().await("subscribed");
      foreign.publisher().numbers("secret:plans", 3);
      client.frames().awaitSeq("secret:plans", 3);

      ObjectNode seen = (ObjectNode) own.channel("secret:plans");
      ObjectNode unused = (ObjectNode) own.channel("secret:never");
      assertThat(seen.without("channel").toString())
          .isEqualTo(unused.without("channel").toString());
      assertThat(own.history("secret:plans").forward(10)).isEmpty();
      assertThat(own.rest().get("/v1/channels").expect(200).body()).doesNotContain("secret");
      own.publisher().accepted("secret:plans", json("{'data':'ours'}"));
      own.rest().delete("/v1/channels/secret:plans").expect(204);
      assertThat(foreign.history("secret:plans").forward(10)).hasSize(3);
      client.ping();
      assertThat(client.frames().numbers("secret:plans")).containsExactly(1, 2, 3);
    }
  }
}
