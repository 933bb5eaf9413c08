package io.tidegate.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever follows {@code openapi/protocol.md} loses nothing and repeats nothing. */
@WireTest
final class StrangersClientTest {
  private static final String CHANNEL = "room:1";
  private static final int CUTS = 3;
  private static final int A_TIME = 40;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Strangers");

  @Test
  void everythingComesOnceOverLinesThatAreCut() {
    try (Relay relay = new Relay(app.target().port());
        Stranger stranger =
            new Stranger(
                URI.create("ws://127.0.0.1:" + relay.port() + "/v1/ws"),
                () -> app.token("stranger", "{'room:*':['subscribe','publish']}"),
                CHANNEL)) {
      stranger.connect();
      await(stranger::isSubscribed);
      int sent = 0;
      for (int cut = 0; cut <= CUTS; cut++) {
        List<String> theirs = new ArrayList<>();
        for (int i = 0; i < A_TIME; i++) {
          theirs.add("{\"data\":" + ++sent + "}");
          stranger.publish(++sent);
        }
        if (cut < CUTS) {
          relay.cut();
        }
        app.publisher().accepted(CHANNEL, "[" + String.join(",", theirs) + "]");
      }
      int all = sent;
      await(() -> stranger.got().size() >= all && stranger.isAcknowledged());

      assertThat(stranger.got())
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, all).boxed().toList());
      assertThat(stranger.got().stream().filter(n -> n % 2 == 1)).isSorted();
      assertThat(stranger.holes()).isEmpty();
      assertThat(app.channel(CHANNEL).path("seq").asInt()).isEqualTo(all);
    }
  }

  private static void await(Callable<Boolean> what) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(what);
  }
}
