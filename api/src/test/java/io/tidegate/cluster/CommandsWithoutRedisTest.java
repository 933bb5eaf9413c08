package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Redis is dead, and the nodes still do what they are told. */
@WireTest
final class CommandsWithoutRedisTest {
  private static final String CLIENT = "{'*':['subscribe']}";
  private static final int DISCONNECTED = 4010;

  private final TwoNodes nodes = TwoNodes.start("commands_no_redis");
  private final TestApp first = TestApp.create(nodes.first(), "Commands without Redis");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void disconnectsAndRevocationsReachTheOtherNode() {
    String key = first.control().key(first.id(), TestApp.EVERYTHING);
    TestApp there = second.withKey(key);
    there.rest().get("/v1/connections").expect(200);
    try (WebSocketClient one = open("ada");
        WebSocketClient all = open("bob");
        WebSocketClient revoked = open("mallory");
        WebSocketClient other = open("eve")) {
      for (WebSocketClient each : new WebSocketClient[] {one, all, revoked, other}) {
        each.frames().await("connected");
      }
      nodes.redis().kill();
      first.rest().delete("/v1/connections/" + one.connectionId()).expect(204);
      assertThat(one.closeCode()).isEqualTo(DISCONNECTED);
      first.rest().post("/v1/clients/bob/disconnect", null).expect(204);
      assertThat(all.closeCode()).isEqualTo(DISCONNECTED);
      first
          .rest()
          .post("/v1/tokens/revoke", json("{'targets':[{'clientId':'mallory'}]}"))
          .expect(204);
      assertThat(revoked.closeCode()).isBetween(4000, 4099);
      first.control().revokeKey(first.id(), there.keyId());
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> there.rest().get("/v1/connections").status(), status -> status == 401);
      other.ping();
      assertThat(other.isOpen()).isTrue();
    }
  }

  private WebSocketClient open(String clientId) {
    return WebSocketClient.open(second.target(), Credential.bearer(second.token(clientId, CLIENT)));
  }
}
