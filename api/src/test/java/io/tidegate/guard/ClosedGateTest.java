package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing gets past a closed gate, whatever it asks for; each is told so in the way it knows. */
final class ClosedGateTest {
  private final Gate gate = new Gate();
  private final GuardedChannel line = new GuardedChannel(gate);

  @BeforeEach
  void close() {
    gate.close();
  }

  @AfterEach
  void release() {
    line.finishAndReleaseAll();
  }

  @Test
  void requestIsRefused() {
    assertThat(answer("POST /v1/apps/a/messages", "Accept: text/event-stream"))
        .startsWith("HTTP/1.1 503 ")
        .contains("\"code\":50301", "X-Request-Id: ", "Retry-After: ");
  }

  /** It takes every status but 200 for the end, WHATWG HTML, section 9.2.3. */
  @Test
  void eventSourceIsToldWhenToComeAgain() {
    assertThat(answer("GET /v1/sse?channel=a", "Accept: text/event-stream"))
        .startsWith("HTTP/1.1 200 ")
        .contains("X-Request-Id: ", "Content-Type: text/event-stream")
        .endsWith("\r\n\r\nretry: 1000\n\n");
  }

  @Test
  void streamOfOthersIsRefused() {
    assertThat(answer("GET /v1/sse?channel=a", "Accept: */*"))
        .startsWith("HTTP/1.1 503 ")
        .contains("\"code\":50301");
  }

  private String answer(String asked, String header) {
    String head = asked + " HTTP/1.1\r\nHost: gateway\r\n" + header + "\r\n";
    String body = asked.startsWith("POST") ? "Content-Length: 0\r\n" : "";
    line.send(head + body + "\r\n");
    assertThat((Object) line.readInbound()).isNull();
    return line.sent();
  }
}
