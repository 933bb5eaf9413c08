package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Any node says who is connected and who subscribes, on all nodes that live. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class ConnectionsOfAllNodesAreListedTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CLIENT = "{'*':['subscribe']}";

  private final TwoNodes nodes = TwoNodes.start("roster_nodes");
  private final TestApp first = TestApp.create(nodes.first(), "Who is where");
  private final TestApp second = first.at(nodes.second());

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void whoeverIsOnALiveNodeIsListedAndCounted() {
    first.namespace("durable", "{'pattern':'room','durability':'durable'}");
    nodes.awaitToldToSecond();
    try (Client here = open(first, "ada", "room", "here");
        Client there = open(second, "bob", "room", "there", "rö /+");
        Client also = open(second, "ada", "room")) {
      for (TestApp app : List.of(first, second)) {
        patiently()
            .untilAsserted(
                () ->
                    assertThat(listed(app, "limit=1"))
                        .containsExactlyInAnyOrder(id(here), id(there), id(also))
                        .isSorted());
        assertThat(listed(app, "limit=2&clientId=ada"))
            .containsExactlyInAnyOrder(id(here), id(also));
        assertThat(listed(app, "clientId=nobody")).isEmpty();
        patiently().until(() -> subscribers(app, "room") == 3);
        patiently().until(() -> subscribers(app, "here") == 1 && subscribers(app, "there") == 1);
        assertThat(channels(app, "limit=2")).containsExactly("here", "room", "rö /+", "there");
        assertThat(channels(app, "prefix=r&limit=1")).containsExactly("room", "rö /+");
      }
      also.close();
      patiently()
          .until(() -> subscribers(first, "room") == 2 && !listed(first, "").contains(id(also)));
      aFrameOfTheListIsTheNodesOwn(there);
      nodes.redis().kill();
      patiently().untilAsserted(() -> assertThat(listed(first, "")).containsExactly(id(here)));
      assertThat(subscribers(first, "room")).isOne();
      nodes.redis().restart();
      patiently().until(() -> subscribers(first, "room") == 2 && listed(first, "").size() == 2);
      nodes.cutOffSecond();
      patiently().untilAsserted(() -> assertThat(listed(first, "")).containsExactly(id(here)));
      assertThat(subscribers(first, "room")).isOne();
      assertThat(channels(first, "")).containsExactly("here", "room");
    }
  }

  private void aFrameOfTheListIsTheNodesOwn(Client there) {
    JsonNode own = item(second, id(there));
    assertThat(item(first, id(there))).isEqualTo(own);
    assertThat(id(there)).startsWith(own.path("nodeId").asText() + "-");
    assertThat(own.path("clientId").asText()).isEqualTo("bob");
    assertThat(own.path("subscriptions").asInt()).isEqualTo(3);
  }

  @Test
  void aConnectionThatMovedIsListedOnceWhereItIs() {
    try (WebSocketClient ada = socket(second, "ada")) {
      String id = ada.connectionId();
      patiently().until(() -> listed(first, "").contains(id));
      String before = item(first, id).path("nodeId").asText();
      ada.cut();
      try (WebSocketClient again =
          WebSocketClient.open(
              first.target(),
              Credential.bearer(first.token("ada", CLIENT)),
              "resume=" + ada.connectionKey())) {
        assertThat(again.connectionId()).isEqualTo(id);
        patiently()
            .until(
                () -> {
                  List<String> all = listed(second, "");
                  return all.equals(List.of(id))
                      && !item(second, id).path("nodeId").asText().equals(before);
                });
        second.rest().delete("/v1/connections/" + id).expect(204);
        assertThat(again.closeCode()).isEqualTo(4010);
      }
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE);
  }

  private static String id(Client client) {
    return ((WebSocketClient) client).connectionId();
  }

  private static Client open(TestApp app, String clientId, String... channels) {
    return Transport.WEBSOCKET.open(app, Credential.bearer(app.token(clientId, CLIENT)), channels);
  }

  private static WebSocketClient socket(TestApp app, String clientId) {
    WebSocketClient client =
        WebSocketClient.open(app.target(), Credential.bearer(app.token(clientId, CLIENT)));
    client.frames().await("connected");
    return client;
  }

  private static JsonNode item(TestApp app, String id) {
    for (JsonNode item : items(app, "/v1/connections?")) {
      if (item.path("id").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("not listed: " + id);
  }

  private static List<String> listed(TestApp app, String query) {
    return items(app, "/v1/connections?" + query).stream()
        .map(item -> item.path("id").asText())
        .toList();
  }

  private static List<String> channels(TestApp app, String query) {
    return items(app, "/v1/channels?" + query).stream()
        .map(item -> item.path("channel").asText())
        .toList();
  }

  /** Of all pages. */
  private static List<JsonNode> items(TestApp app, String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = app.rest().get(path + next).expect(200).json();
      page.path("items").forEach(items::add);
      next = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!next.isEmpty());
    return items;
  }

  private static int subscribers(TestApp app, String channel) {
    return app.channel(channel).path("occupancy").path("subscribers").asInt();
  }
}
