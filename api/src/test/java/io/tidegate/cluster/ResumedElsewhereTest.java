package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A connection has one line and one place, on all nodes together. */
@WireTest
final class ResumedElsewhereTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SUPERSEDED = 4011;

  private final TwoNodes nodes = TwoNodes.start("resumed_lines");
  private final TestApp here = TestApp.create(nodes.first(), "Resumed elsewhere");
  private final TestApp there = here.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void theOlderLineIsEndedOnItsNode() {
    try (WebSocketClient older = socket(here);
        WebSocketClient newer = resumed(there, older)) {
      assertThat(newer.connectionId()).isEqualTo(older.connectionId());
      assertSuperseded(older);
      newer.ping();
      try (WebSocketClient back = resumed(here, newer)) {
        assertThat(back.connectionId()).isEqualTo(older.connectionId());
        assertSuperseded(newer);
        back.ping();
      }
    }
  }

  /** As told late, or twice. */
  @Test
  void aLineOfAnOlderTurnEndsAndNotTheOneThatHasGoneOnSince() {
    try (WebSocketClient first = socket(here);
        WebSocketClient second = resumed(there, first);
        WebSocketClient third = resumed(here, second)) {
      assertSuperseded(second);
      try (WebSocketClient late = resumed(there, first)) {
        assertSuperseded(late);
        third.ping();
      }
    }
  }

  @Test
  void aStreamThatReopensEndsItsOlderSelfOnTheOtherNode() {
    Credential ticket = Credential.ticket(here.ticket(here.token("ada", "{'*':['subscribe']}")));
    try (SseClient older = SseClient.open(here.target(), ticket, "room")) {
      older.frames().await("subscribed");
      try (SseClient newer =
          SseClient.behind(older.firstEventId(), there.target(), ticket, "", "room")) {
        newer.frames().await("subscribed");
        assertThat(older.frames().await("error").path("code").asInt()).isEqualTo(40906);
        older.awaitEnd();
        here.publisher().numbers("room", 1);
        newer.frames().awaitSeq("room", 1);
      }
    }
  }

  @Test
  void whileRedisIsAwayItGoesOnAndTheOlderLineIsEndedLater() {
    try (WebSocketClient older = socket(here)) {
      older.ping();
      String key = older.connectionKey();
      nodes.redis().signal("STOP");
      try (WebSocketClient newer = resumed(there, key)) {
        newer.ping();
        nodes.redis().signal("CONT");
        assertSuperseded(older);
        newer.ping();
      } finally {
        nodes.redis().signal("CONT");
      }
    }
  }

  @Test
  void atTheLimitItHasItsOwnPlaceAndNobodyHasASecondOne() {
    TestApp full = TestApp.create(nodes.first(), "Full").limits("{'connections':2}");
    TestApp elsewhere = full.at(nodes.second());
    try (WebSocketClient stays = socket(full);
        WebSocketClient older = socket(full)) {
      try (WebSocketClient newer = resumed(elsewhere, older)) {
        assertSuperseded(older);
        assertThat(refusal(full)).isEqualTo(42901);
        assertThat(refusal(elsewhere)).isEqualTo(42901);
        newer.ping();
        stays.ping();
      }
      try (WebSocketClient next =
          await()
              .atMost(PATIENCE)
              .ignoreExceptions()
              .until(() -> socket(full), WebSocketClient::isOpen)) {
        next.ping();
      }
    }
  }

  @Test
  void atTheLimitOneThatSaidGoodbyeHasNoPlaceAnyMore() {
    TestApp full = TestApp.create(nodes.first(), "Left").limits("{'connections':1}");
    TestApp elsewhere = full.at(nodes.second());
    WebSocketClient left = socket(full);
    String key = left.connectionKey();
    left.sayGoodbye();
    try (WebSocketClient instead =
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> socket(full), WebSocketClient::isOpen)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  full.rest().get("/v1/connections").expect(200).json().path("items").size() == 1);
      awaitUnlisted(elsewhere, left.connectionId());
      assertThat(
              catchThrowableOfType(RefusedByGateway.class, () -> resumed(elsewhere, key).close())
                  .code())
          .isEqualTo(42901);
      instead.ping();
    }
  }

  @Test
  void thePlacesOfANodeThatIsGoneAreThoseOfItsClients() {
    try (TwoNodes two = TwoNodes.start("resumed_places")) {
      TestApp app = TestApp.create(two.first(), "Gone").limits("{'connections':2}");
      TestApp gone = app.at(two.second());
      try (WebSocketClient one = socket(gone);
          WebSocketClient other = socket(gone)) {
        one.ping();
        other.ping();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    app.rest().get("/v1/connections").expect(200).json().path("items").size() == 2);
        two.cutOffSecond();
        try (WebSocketClient oneAgain = resumed(app, one);
            WebSocketClient otherAgain = resumed(app, other)) {
          oneAgain.ping();
          otherAgain.ping();
          assertThat(refusal(app)).isEqualTo(42901);
        }
      }
    }
  }

  private static void awaitUnlisted(TestApp app, String id) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !app.rest()
                    .get("/v1/connections")
                    .expect(200)
                    .json()
                    .path("items")
                    .findValuesAsText("id")
                    .contains(id));
  }

  private static void assertSuperseded(WebSocketClient older) {
    assertThat(older.closeCode()).isEqualTo(SUPERSEDED);
    assertThat(older.frames().await("error").path("code").asInt()).isEqualTo(40906);
  }

  /** What one more connection is refused with. */
  private static int refusal(TestApp app) {
    return catchThrowableOfType(RefusedByGateway.class, () -> socket(app).close()).code();
  }

  private static WebSocketClient socket(TestApp app) {
    return WebSocketClient.open(app.target(), Credential.key(app.key()));
  }

  private static WebSocketClient resumed(TestApp app, WebSocketClient older) {
    return resumed(app, older.connectionKey());
  }

  private static WebSocketClient resumed(TestApp app, String key) {
    return WebSocketClient.open(
        app.target(), Credential.key(app.key()), "resume=" + Rest.encode(key));
  }
}
