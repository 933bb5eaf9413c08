package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.metalog.MetaLog;
import io.tidegate.refusal.Refusals;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who asks one node what happens in an app hears of what happens on another, too. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LogTellsOfEveryNodeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TwoNodes nodes = TwoNodes.start("log_of_nodes");
  private final TestApp first = TestApp.create(nodes.first(), "Log of nodes");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void aListenerOnOneNodeIsToldOfClientsOfTheOther() {
    MetaLog there = nodes.beanOfSecond(MetaLog.class);
    try (WebSocketClient listener =
        WebSocketClient.open(nodes.first(), Credential.key(first.key()))) {
      listener.subscribe("[meta]log");
      listener.frames().await("subscribed");
      Awaitility.await().atMost(PATIENCE).until(there::isHeard);
      Rest client =
          new Rest(nodes.second(), Credential.bearer(second.token("ada", "{'a':['subscribe']}")));
      client.post("/v1/channels/room/messages", json("{'data':1}")).expect(403);

      JsonNode told =
          listener
              .frames()
              .await("refused", frame -> frame.path("name").asText().equals("message.refused"))
              .path("data");
      assertThat(told.path("clientId").asText()).isEqualTo("ada");
    }
    Awaitility.await().atMost(PATIENCE).until(() -> !there.isHeard());
  }

  @Test
  void refusalsOfOneNodeAreFoundOnTheOther() {
    second.rest().post("/v1/channels/room/messages", "{").expect(400);
    nodes.beanOfSecond(Refusals.class).flush();

    String path = "/v1/apps/" + first.id() + "/refusals?code=40001";
    assertThat(first.control().rest().get(path).expect(200).json().path("items")).hasSize(1);
  }
}
