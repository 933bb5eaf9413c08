package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

@WireTest
final class ReturningClientCausesNoFlickerTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Returns");
  private final Audience audience = new Audience(app);

  /** The witness breaks off first and stays away: when it has left, ada's grace is over too. */
  @Test
  void backWithinGraceItIsNotSeenToLeave() {
    app.namespace("short", "{'pattern':'short:*','presence':{'graceSeconds':15}}");
    try (WebSocketClient observer = audience.observer("short:1");
        WebSocketClient ada = audience.client("ada");
        WebSocketClient witness = audience.client("witness")) {
      enter(ada, "short:1");
      enter(witness, "short:1");
      awaitSeen(observer, "short:1", "ada", "witness");
      String id = ada.connectionId();
      ada.cut();
      ada.resume();
      witness.cut();
      awaitSeen(observer, "short:1", "ada");
      ada.frames().await("connected", 2);
      assertThat(ada.connectionId()).isEqualTo(id);
      assertThat(told(observer, "short:1", "leave")).isOne();

      ada.ping();
      act(ada, "leave", "short:1", "");
      awaitSeen(observer, "short:1");
    }
  }

  @Test
  void whoStaysAwayLeavesWhenTheGraceIsOver() {
    app.namespace("brief", "{'pattern':'brief:*','presence':{'graceSeconds':1}}");
    try (WebSocketClient observer = audience.observer("brief:1");
        WebSocketClient ada = audience.client("ada")) {
      enter(ada, "brief:1");
      awaitSeen(observer, "brief:1", "ada");
      ada.cut();
      awaitSeen(observer, "brief:1");
      assertThat(told(observer, "brief:1", "leave")).isOne();
    }
  }
}
