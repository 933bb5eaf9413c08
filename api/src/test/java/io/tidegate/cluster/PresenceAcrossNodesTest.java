package io.tidegate.cluster;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One set of members, whichever node they and their observers are connected to. */
@WireTest
final class PresenceAcrossNodesTest {
  private final TwoNodes nodes = TwoNodes.start("presence_nodes");
  private final TestApp app = TestApp.create(nodes.first(), "Presence on two nodes");
  private final Audience first = new Audience(app);
  private final Audience second = new Audience(app.at(nodes.second()));

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void whoEntersOnOneNodeIsSeenOnTheOther() {
    try (WebSocketClient observer = second.observer("room");
        WebSocketClient ada = first.client("ada")) {
      enter(ada, "room");
      awaitSeen(observer, "room", "ada");
      assertThat(second.listed("room", 10)).containsExactly("ada");
      act(ada, "leave", "room", "");
      awaitSeen(observer, "room");
    }
  }

  @Test
  void aPollGoesOnAtAnotherNode() {
    try (WebSocketClient ada = first.client("ada")) {
      enter(ada, "polled");
      String path = "/v1/poll?channel=polled&presence=true";
      JsonNode begun = first.app().rest().get(path).expect(200).json();
      assertThat(begun.path("events").findValuesAsText("clientId")).containsExactly("ada");
      first.app().publisher().numbers("polled", 1);
      String next = path + "&since=" + begun.path("since").asText();
      JsonNode there = second.app().rest().get(next).expect(200).json();
      assertThat(there.path("events").findValuesAsText("type")).containsExactly("message");
      act(ada, "leave", "polled", "");
      String last = path + "&since=" + there.path("since").asText();
      JsonNode left = second.app().rest().get(last).expect(200).json();
      assertThat(left.path("events").findValuesAsText("type")).containsExactly("presence");
      assertThat(left.path("events").findValuesAsText("action")).containsExactly("sync");
      assertThat(left.path("events").findValuesAsText("clientId")).isEmpty();
    }
  }

  @Test
  void aClientThatResumesOnAnotherNodeIsNotSeenToLeave() {
    try (WebSocketClient observer = first.observer("moves");
        WebSocketClient ada = first.client("ada")) {
      enter(ada, "moves");
      awaitSeen(observer, "moves", "ada");
      String key = ada.connectionKey();
      ada.cut();
      try (WebSocketClient again = second.resumed("ada", key);
          WebSocketClient witness = second.client("witness")) {
        assertThat(again.connectionId()).isEqualTo(ada.connectionId());
        enter(witness, "moves");
        awaitSeen(observer, "moves", "ada", "witness");
        again.ping();
        act(again, "leave", "moves", "");
        awaitSeen(observer, "moves", "witness");
        assertThat(told(observer, "moves", "leave")).isOne();
      }
    }
  }
}
