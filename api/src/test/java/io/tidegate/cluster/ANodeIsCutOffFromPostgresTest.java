package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.breaker.Contact;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Outcome;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One node reaches Redis, and PostgreSQL not, while the other goes on. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class ANodeIsCutOffFromPostgresTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int RULES_UNKNOWN = 50304;

  private final TwoNodes nodes = TwoNodes.start("cut_off_node");
  private final TestApp first = TestApp.create(nodes.first(), "A node is cut off");
  private final TestApp second = first.at(nodes.second());
  private final Contact contact = nodes.beanOfSecond(Contact.class);

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void itRefusesToPublishWhereRulesHaveChangedAndNowhereElse() {
    TestApp unchanged = TestApp.create(nodes.first(), "Unchanged").at(nodes.second());
    // What is told makes it read again what it knew.
    nodes.awaitToldToSecond();
    unchanged.publisher().numbers("room", 1);
    second.publisher().numbers("room", 3);
    try (Client client = Transport.WEBSOCKET.open(first, "room");
        WebSocketClient publisher = WebSocketClient.open(nodes.second(), key())) {
      publisher.frames().await("connected");
      nodes.cutDatabaseOfSecond(true);
      first.namespace("all", "{'pattern':'*','durability':'durable'}");
      patiently().until(() -> refusal(publisher) == RULES_UNKNOWN);
      awaitGoesOn(unchanged);
      patiently().until(() -> first.channel("room").path("durability").asText().equals("durable"));
      client.frames().await("the new rules", PATIENCE, one -> isJump(one));
      first.publisher().numbers("room", 5);
      awaitRefusedStill(publisher);
      nodes.cutDatabaseOfSecond(false);
      patiently().until(() -> refusal(publisher) == 0);
      patiently()
          .untilAsserted(
              () -> assertThat(client.frames().numbers("room")).endsWith(1, 2, 3, 4, 5, 9));
      assertThat(second.history("room").forward(100)).hasSize(6);
    }
  }

  @Test
  void itGoesOnWithWhatItKnowsForAsLongAsItReachesRedis() {
    TestApp unchanged = TestApp.create(nodes.first(), "Unchanged").at(nodes.second());
    // What is told makes it read again what it knew.
    nodes.awaitToldToSecond();
    unchanged.publisher().numbers("room", 1);
    second.publisher().numbers("room", 1);
    nodes.cutDatabaseOfSecond(true);
    nodes.redis().kill();
    patiently().until(() -> contact.seconds() >= 3);
    nodes.redis().restart();
    patiently().until(() -> contact.seconds() <= 1);
    patiently().until(() -> code(unchanged) == 0);
    first
        .rest()
        .post("/v1/tokens/revoke", json("{'targets':[{'clientId':'mallory'}]}"))
        .expect(204);
    patiently().until(() -> second.rest().get("/v1/channels/room").status(), is -> is == 503);
    awaitGoesOn(unchanged);
    patiently().until(() -> contact.seconds() < 10);
    nodes.cutDatabaseOfSecond(false);
    patiently().until(() -> code(second) == 0);
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE);
  }

  private static boolean isJump(JsonNode frame) {
    return frame.path("type").asText().equals("discontinuity");
  }

  private Credential key() {
    return Credential.key(first.key());
  }

  /** What a publish over a socket that was open before is refused with; 0 when it is not. */
  private static int refusal(WebSocketClient publisher) {
    String id = publisher.publish("room", "{\"data\":9}");
    return publisher
        .frames()
        .await("an answer", PATIENCE, frame -> frame.path("id").asText().equals(id))
        .path("code")
        .asInt(0);
  }

  /** And never let through; a busy machine may let Redis wait for a moment. */
  private static void awaitRefusedStill(WebSocketClient publisher) {
    patiently()
        .until(
            () -> {
              int code = refusal(publisher);
              assertThat(code).isNotZero();
              return code == RULES_UNKNOWN;
            });
  }

  /** It knows the app's rules; a busy machine may let Redis wait for a moment. */
  private static void awaitGoesOn(TestApp app) {
    patiently()
        .until(
            () -> {
              int code = code(app);
              assertThat(code).isNotEqualTo(RULES_UNKNOWN);
              return code == 0;
            });
  }

  /** What a publish is refused with; 0 when it is not. */
  private static int code(TestApp app) {
    Outcome outcome = app.publisher().publish("room", "{\"data\":9}");
    return switch (outcome) {
      case Outcome.Acked acked -> 0;
      case Outcome.Refused refused -> refused.code();
      case Outcome.Unknown unknown -> -1;
    };
  }
}
