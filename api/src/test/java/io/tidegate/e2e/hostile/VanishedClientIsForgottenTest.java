package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Clients that are gone without a word, as when their process is stopped or their network swallows
 * everything: nothing is closed, and no ping is answered.
 */
@WireTest
final class VanishedClientIsForgottenTest {
  private static final int VANISHED = 5;

  /** 45 s are promised; a busy machine looks at its clients a little later. */
  private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(55);

  private final TestApp app = TestApp.create(SharedGateway.target(), "Vanished");

  @Test
  void itsConnectionAndAllThatItHeldAreFree() {
    List<RawSocket> vanished = new ArrayList<>();
    try (WebSocketClient here = WebSocketClient.open(app.target(), Credential.key(app.key()))) {
      for (int i = 0; i < VANISHED; i++) {
        RawSocket socket = RawSocket.withKey(app.target(), app.key());
        socket.send(RawSocket.text("{\"type\":\"subscribe\",\"channel\":\"room\"}"));
        socket.await("subscribed");
        vanished.add(socket);
      }
      assertThat(connections()).isEqualTo(VANISHED + 1);

      Awaitility.await("they are forgotten")
          .atMost(FORGOTTEN_WITHIN)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> connections() == 1);
      // Nobody answers the close either: behind what was sent their lines are reset.
      for (RawSocket socket : vanished) {
        while (socket.line().next() >= 0) {
          // What it never read.
        }
      }
      // Who answers pings is there all the time.
      here.ping();
      assertThat(here.isOpen()).isTrue();
    } finally {
      vanished.forEach(RawSocket::close);
    }
  }

  private int connections() {
    JsonNode items = app.rest().get("/v1/connections").expect(200).json().path("items");
    return items.size();
  }
}
