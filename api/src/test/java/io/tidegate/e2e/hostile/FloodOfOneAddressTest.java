package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.guard.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * One address opens as many connections as it can: it has so many and no more, and everybody else
 * is served meanwhile. Every address of 127.0.0.0/8 is this machine's.
 */
@WireTest
final class FloodOfOneAddressTest {
  private static final int BOUND = 20;
  private static final int FLOOD = 400;
  private static final String PROXY = "127.0.0.2";

  private final TestGateway gateway =
      TestGateway.start(
          "flood",
          Map.of(
              "TIDEGATE_CONNECTIONS_PER_ADDRESS",
              Integer.toString(BOUND),
              "TIDEGATE_TRUSTED_PROXIES",
              PROXY));
  private final Target target = Door.of(gateway);

  private final TestApp app = TestApp.create(target, "Flood");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void othersAreServedMeanwhile() {
    Lines lines = gateway.bean(Lines.class);
    List<RawLine> flood = new ArrayList<>();
    try (WebSocketClient other = WebSocketClient.open(target, Credential.key(app.key()))) {
      other.subscribe("room");
      other.frames().await("subscribed");
      for (int i = 0; i < FLOOD; i++) {
        flood.add(RawLine.open(target, "127.0.0.3"));
        if (i % 40 == 0) {
          app.publisher().numbers("room", 1);
        }
      }
      other.frames().awaitSeq("room", FLOOD / 40);
      assertThat(app.rest().get("/v1/channels").status()).isEqualTo(200);
      // Some are told, of whom only a few may linger; the others are closed without a word.
      Awaitility.await("the flood is shut out")
          .untilAsserted(() -> assertThat(lines.closed()).isGreaterThan(0));
      Awaitility.await("only what one address may have is left, and the other's")
          .untilAsserted(() -> assertThat(lines.open()).isLessThanOrEqualTo(2 * BOUND));
    } finally {
      flood.forEach(RawLine::close);
    }
    awaitRoom("127.0.0.3");
  }

  @Test
  void whoHasShownACredentialCountsToo() {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      for (int i = 0; i < BOUND; i++) {
        open.add(RawSocket.open(RawLine.open(target, "127.0.0.4"), RawSocket.basic(app.key())));
      }
      assertThat(refusal("127.0.0.4", "")).isEqualTo(42907);
      assertThat(status("127.0.0.5", "")).isEqualTo(101);
    } finally {
      open.forEach(FloodOfOneAddressTest::close);
    }
    awaitRoom("127.0.0.4");
  }

  @Test
  void behindAProxyItIsTheClientsOwnAddressThatCounts() {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      for (int i = 0; i < BOUND; i++) {
        open.add(
            RawSocket.open(
                RawLine.open(target, PROXY), RawSocket.basic(app.key()) + client("203.0.113.7")));
      }
      assertThat(refusal(PROXY, client("203.0.113.7"))).isEqualTo(42907);
      assertThat(status(PROXY, client("203.0.113.8"))).isEqualTo(101);
      assertThat(status(PROXY, client("2001:db8::7"))).isEqualTo(101);
    } finally {
      open.forEach(FloodOfOneAddressTest::close);
    }
    Awaitility.await("room again")
        .untilAsserted(() -> assertThat(status(PROXY, client("203.0.113.7"))).isEqualTo(101));
  }

  private static String client(String address) {
    return "X-Forwarded-For: " + address + "\r\n";
  }

  private int refusal(String from, String more) {
    try (RawLine line = RawLine.open(target, from)) {
      line.trySend(handshake(more));
      var refusal = line.refusal();
      assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
      assertThat(refusal.status()).isEqualTo(429);
      return refusal.code();
    }
  }

  private int status(String from, String more) {
    try (RawLine line = RawLine.open(target, from)) {
      line.trySend(handshake(more));
      return line.answer().status();
    }
  }

  private byte[] handshake(String more) {
    return RawSocket.handshake(RawSocket.basic(app.key()) + more)
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private void awaitRoom(String from) {
    Awaitility.await("room again").untilAsserted(() -> assertThat(status(from, "")).isEqualTo(101));
  }

  private static void close(AutoCloseable line) {
    try {
      line.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
