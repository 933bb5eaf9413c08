package io.tidegate.cluster;

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

/** A client that resumes while Redis does not answer is asked for again when it does. */
@WireTest
final class MembersAreTakenOverWhenRedisIsBackTest {
  private final TwoNodes nodes = TwoNodes.start("presence_late");
  private final TestApp app = TestApp.create(nodes.first(), "Presence, late");
  private final Audience first = new Audience(app);
  private final Audience second = new Audience(app.at(nodes.second()));

  @AfterAll
  void close() {
    nodes.close();
  }

  /** When two witnesses have left, one after the other, ada's grace is over too. */
  @Test
  void itIsNotSeenToLeave() {
    app.namespace("short", "{'pattern':'short:*','presence':{'graceSeconds':8}}");
    nodes.awaitToldToSecond();
    try (WebSocketClient observer = first.observer("short:1");
        WebSocketClient ada = first.client("ada")) {
      enter(ada, "short:1");
      awaitSeen(observer, "short:1", "ada");
      String key = ada.connectionKey();
      String id = ada.connectionId();
      nodes.redis().signal("STOP");
      ada.cut();
      try (WebSocketClient again = second.resumed("ada", key)) {
        assertThat(again.connectionId()).isEqualTo(id);
        nodes.redis().signal("CONT");
        comeAndGo(observer);
        comeAndGo(observer);
        assertThat(told(observer, "short:1", "leave")).isEqualTo(2);
      }
    }
  }

  private void comeAndGo(WebSocketClient observer) {
    try (WebSocketClient witness = second.client("witness")) {
      enter(witness, "short:1");
      awaitSeen(observer, "short:1", "ada", "witness");
      witness.cut();
      awaitSeen(observer, "short:1", "ada");
    }
  }
}
