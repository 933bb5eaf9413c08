package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Clients that hold lines without showing who they are. */
@WireTest
final class SlowClientsTest {
  private static final int BOUND = 8;

  private final TestGateway gateway =
      TestGateway.start(
          "newcomers", Map.of("TIDEGATE_NEWCOMERS_PER_ADDRESS", Integer.toString(BOUND)));
  private final Target target = Door.of(gateway);

  private final TestApp app = TestApp.create(target, "Newcomers");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void headThatDoesNotEndIsRefused() {
    try (RawLine http = RawLine.open(target);
        RawLine handshake = RawLine.open(target);
        RawLine hello = RawLine.open(target)) {
      http.send("GET /v1/me HTTP/1.1\r\nHost: a\r\nX-A: ");
      handshake.send("GET /v1/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n");
      hello.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

      for (RawLine line : List.of(http, handshake, hello)) {
        assertThat(line.refusal().code()).isEqualTo(40800);
        line.assertEnds();
      }
    }
  }

  @Test
  void socketWithoutAuthIsToldAndClosed() {
    try (RawSocket socket = RawSocket.open(target, "")) {
      socket.assertClosed(40801, 4103);
    }
  }

  @Test
  void addressHoldsSoManyLinesWithoutACredential() {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      // Who has shown a credential does not count, over whatever it came.
      for (int i = 0; i < BOUND + 2; i++) {
        open.add(RawSocket.withKey(target, app.key()));
        RawLine rest = RawLine.open(target);
        open.add(rest);
        rest.send("GET /v1/channels HTTP/1.1\r\nHost: a\r\n" + RawSocket.basic(app.key()) + "\r\n");
        assertThat(rest.answer().status()).isEqualTo(200);
      }
      List<RawLine> nobodies = new ArrayList<>();
      for (int i = 0; i < BOUND + 1; i++) {
        nobodies.add(RawLine.open(target));
      }
      open.addAll(nobodies);
      // Each is counted on its own event loop: which of them is the last, nobody knows.
      RawLine tooMany =
          Awaitility.await("one is told")
              .until(
                  () -> nobodies.stream().filter(RawLine::hasAnswer).findFirst(),
                  Optional::isPresent)
              .orElseThrow();

      var refusal = tooMany.refusal();
      assertThat(refusal.code()).isEqualTo(50300);
      assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
      tooMany.assertEnds();
    } finally {
      open.forEach(SlowClientsTest::closed);
    }
    Awaitility.await("room again")
        .untilAsserted(() -> assertThat(app.rest().get("/v1/channels").status()).isEqualTo(200));
  }

  private static void closed(AutoCloseable line) {
    try {
      line.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
