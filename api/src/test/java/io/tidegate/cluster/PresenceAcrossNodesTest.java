package io.tidegate.cluster;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.told;
import static org.assertj.core.api.Assertions.assertThat;

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
