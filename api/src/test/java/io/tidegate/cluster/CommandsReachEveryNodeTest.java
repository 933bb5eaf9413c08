package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is changed on one node is changed on all. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsReachEveryNodeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CLIENT = "{'*':['subscribe']}";
  private static final int DISCONNECTED = 4010;

  private final TwoNodes nodes = TwoNodes.start("commands_nodes");
  private final TestApp first = TestApp.create(nodes.first(), "Commands");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void aConnectionIsEndedThroughAnotherNode() {
    try (WebSocketClient ended = open(second, "ada");
        WebSocketClient other = open(second, "ada")) {
      other.frames().await("connected");
      first.rest().delete("/v1/connections/" + ended.connectionId()).expect(204);
      assertThat(ended.closeCode()).isEqualTo(DISCONNECTED);
      other.ping();
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void aConnectionOfAnotherAppIsNot() {
    TestApp foreign = TestApp.create(nodes.first(), "Another app");
    try (WebSocketClient kept = open(second, "ada");
        WebSocketClient witness =
            WebSocketClient.open(nodes.second(), Credential.bearer(foreign.token("eve", CLIENT)))) {
      foreign.rest().delete("/v1/connections/" + kept.connectionId()).expect(204);
      foreign.rest().delete("/v1/connections/" + witness.connectionId()).expect(204);
      // Commands are carried out in their order.
      assertThat(witness.closeCode()).isEqualTo(DISCONNECTED);
      kept.ping();
      assertThat(kept.isOpen()).isTrue();
    }
  }

  @Test
  void aConnectionThatNoLiveNodeHasIsAbsent() {
    for (TestApp app : new TestApp[] {first, second}) {
      for (String id : List.of("nobody-0123456789ab", "nobody")) {
        // While Redis does not answer nobody can say whether it is there.
        await()
            .atMost(PATIENCE)
            .until(
                () -> app.rest().delete("/v1/connections/" + id).status(), status -> status == 404);
      }
    }
  }

  @Test
  void allConnectionsOfAClientAreEndedThroughEitherNode() {
    try (WebSocketClient here = open(first, "bob");
        SseClient there =
            SseClient.open(second.target(), Credential.bearer(second.token("bob", CLIENT)), "r");
        WebSocketClient other = open(second, "eve")) {
      here.frames().await("connected");
      there.frames().await("subscribed");
      other.frames().await("connected");
      first.rest().post("/v1/clients/bob/disconnect", null).expect(204);
      assertThat(here.closeCode()).isEqualTo(DISCONNECTED);
      there.awaitEnd();
      other.ping();
      try (WebSocketClient again = open(second, "bob")) {
        again.ping();
        assertThat(again.isOpen()).isTrue();
      }
    }
  }

  @Test
  void aRevokedTokenEndsOnAllNodes() {
    try (WebSocketClient revoked = open(second, "mallory");
        WebSocketClient other = open(second, "eve")) {
      revoked.frames().await("connected");
      other.frames().await("connected");
      first
          .rest()
          .post("/v1/tokens/revoke", json("{'targets':[{'clientId':'mallory'}]}"))
          .expect(204);
      assertThat(revoked.closeCode()).isBetween(4000, 4099);
      other.ping();
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void aRevokedKeyIsRefusedOnAllNodes() {
    String key = first.control().key(first.id(), TestApp.EVERYTHING);
    TestApp there = second.withKey(key);
    there.rest().get("/v1/channels").expect(200);
    first.control().revokeKey(first.id(), there.keyId());
    await()
        .atMost(PATIENCE)
        .until(() -> there.rest().get("/v1/channels").status(), status -> status == 401);
  }

  @Test
  void limitsAndRulesAreKnownOnAllNodes() {
    TestApp own = TestApp.create(nodes.first(), "Limits and rules");
    TestApp there = own.at(nodes.second());
    there.publisher().numbers("room", 1);
    assertThat(there.channel("room").path("namespace").isNull()).isTrue();
    own.namespace("all", "{'pattern':'*','retentionDays':3}");
    await()
        .atMost(PATIENCE)
        .until(() -> there.channel("room").path("namespace").asText().equals("all"));
    own.limits("{'maxMessageBytes':1024}");
    String large = "{\"data\":\"" + "x".repeat(2_000) + "\"}";
    await()
        .atMost(PATIENCE)
        .until(
            () -> there.rest().post("/v1/channels/room/messages", large).status(),
            status -> status == 413);
  }

  private static WebSocketClient open(TestApp app, String clientId) {
    return WebSocketClient.open(app.target(), Credential.bearer(app.token(clientId, CLIENT)));
  }
}
