package io.tidegate.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.WireTest;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** First frames are guesses like any other credential. */
@WireTest
final class GuessingListenerIsSlowedTest {
  private static final int ALLOWED = 3;

  private final TestGateway gateway =
      TestGateway.start("guessing_listener", Map.of("TIDEGATE_FAILED_AUTH_PER_MINUTE", "3"));
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void addressThatGuessesHasToWait() throws Exception {
    for (int i = 0; i < ALLOWED; i++) {
      assertThat(closeCodeOf("tgo_" + "A".repeat(43))).isEqualTo(4002);
    }
    // A second at first, which a busy machine may need; each guess more doubles it.
    Awaitility.await()
        .until(
            () -> {
              int code = closeCodeOf("tgo_" + "A".repeat(43));
              assertThat(code).isIn(4002, 4110);
              return code == 4110 && closeCodeOf(target.operatorToken()) == 4110;
            });
  }

  /** 0 when it is let in. */
  private int closeCodeOf(String token) throws Exception {
    try (Listener listener = new Listener(target, null)) {
      listener.auth(token);
      Awaitility.await().until(() -> listener.isClosed() || !listener.frames().isEmpty());
      return listener.frames().stream()
              .anyMatch(frame -> frame.path("type").asText().equals("ready"))
          ? 0
          : listener.closeCode();
    }
  }
}
