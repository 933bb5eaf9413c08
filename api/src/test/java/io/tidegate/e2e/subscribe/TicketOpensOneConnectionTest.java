package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.e2e.client.PollClient;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

@WireTest
final class TicketOpensOneConnectionTest {
  private static final int SPENT = 40147;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Tickets");
  private final String token = app.token("ada", "{'*':['subscribe']}");

  @Test
  void secondSocketIsRefusedBehindTheHandshake() {
    Credential ticket = Credential.ticket(app.ticket(token));
    try (WebSocketClient first = WebSocketClient.open(app.target(), ticket);
        WebSocketClient second = WebSocketClient.open(app.target(), ticket)) {
      assertThat(first.frames().await("connected").path("clientId").asText()).isEqualTo("ada");
      assertThat(second.closeCode()).isEqualTo(4102);
      assertThat(second.frames().await("error").path("code").asInt()).isEqualTo(SPENT);
      first.ping();
    }
  }

  /** As an EventSource does: the same address again, with the last event's id. */
  @Test
  void streamReopensWithItsLastEventId() {
    Credential ticket = Credential.ticket(app.ticket(token, "room"));
    try (SseClient stream = SseClient.open(app.target(), ticket, "room")) {
      stream.frames().await("subscribed");
      app.publisher().numbers("room", 2);
      stream.frames().awaitSeq("room", 2);
      for (int i = 1; i <= 3; i++) {
        stream.cut();
        app.publisher().numbers("room", 2);
        stream.reconnect();
        stream.frames().awaitSeq("room", 2 + 2 * i);
      }

      assertThat(stream.frames().numbers("room")).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
      assertThat(stream.frames().ofType("discontinuity")).isEmpty();
    }
  }

  @Test
  void streamThatReopensEndsItsOlderSelf() {
    Credential ticket = Credential.ticket(app.ticket(token));
    try (SseClient stream = SseClient.open(app.target(), ticket, "hall")) {
      stream.frames().await("subscribed");
      stream.reconnect();
      stream.frames().await("subscribed", 2);

      assertThat(stream.frames().await("error").path("code").asInt()).isEqualTo(40906);
      assertThat(stream.isOpen()).isTrue();
    }
  }

  @Test
  void secondStreamWithoutAnEventIdIsRefused() {
    Credential ticket = Credential.ticket(app.ticket(token));
    try (SseClient stream = SseClient.open(app.target(), ticket, "deck")) {
      stream.frames().await("subscribed");

      assertRefused(SPENT, () -> SseClient.open(app.target(), ticket, "deck"));
    }
  }

  @Test
  void narrowedTicketOpensItsChannelsOnly() {
    assertRefused(
        40301,
        () -> SseClient.open(app.target(), Credential.ticket(app.ticket(token, "a")), "a", "b"));
  }

  @Test
  void pollGoesOnWithItsTicket() {
    Credential ticket = Credential.ticket(app.ticket(token));
    try (PollClient poll = PollClient.open(app.target(), ticket, "pier")) {
      poll.frames().await("subscribed");
      app.publisher().numbers("pier", 1);
      poll.frames().awaitSeq("pier", 1);
      app.publisher().numbers("pier", 1);
      poll.frames().awaitSeq("pier", 2);

      assertThat(poll.frames().numbers("pier")).containsExactly(1, 1);
      assertRefused(SPENT, () -> PollClient.open(app.target(), ticket, "pier"));
    }
  }

  private static void assertRefused(
      int code, org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
