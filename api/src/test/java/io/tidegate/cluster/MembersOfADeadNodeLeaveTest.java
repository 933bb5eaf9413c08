package io.tidegate.cluster;

import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

/** A node is gone: those who were there leave once, and those who came back in time do not. */
@WireTest
final class MembersOfADeadNodeLeaveTest {
  @Test
  void itsMembersLeaveAndThoseWhoCameBackStay() {
    try (TwoNodes nodes = TwoNodes.start("presence_death")) {
      TestApp app = TestApp.create(nodes.first(), "A node dies");
      Audience first = new Audience(app);
      Audience second = new Audience(app.at(nodes.second()));
      try (WebSocketClient observer = first.observer("room");
          WebSocketClient local = first.client("local");
          WebSocketClient gone = second.client("gone");
          WebSocketClient back = second.client("back")) {
        enter(local, "room");
        enter(gone, "room");
        enter(back, "room");
        awaitSeen(observer, "room", "local", "gone", "back");
        nodes.cutOffSecond();
        try (WebSocketClient again = first.resumed("back", back.connectionKey())) {
          again.ping();
          awaitSeen(observer, "room", "local", "back");
          assertThat(told(observer, "room", "leave")).isOne();
          assertThat(told(observer, "room", "enter")).isEqualTo(3);
          assertThat(first.listed("room", 10)).containsExactly("back", "local");
        }
      }
    }
  }
}
