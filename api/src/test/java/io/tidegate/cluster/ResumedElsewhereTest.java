package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A connection has one line and one place, on all nodes together. */
@WireTest
final class ResumedElsewhereTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
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
    String token = here.token("ada", "{'*':['subscribe']}");
    Credential[] ticket = {Credential.NONE};
    try (SseClient older =
            patiently(
                () -> {
                  ticket[0] = Credential.ticket(here.ticket(token));
                  return SseClient.open(here.target(), ticket[0], "room");
                },
                ResumedElsewhereTest::hasBegun);
        SseClient newer =
            patiently(
                () -> SseClient.behind(older.firstEventId(), there.target(), ticket[0], "", "room"),
                ResumedElsewhereTest::hasBegun)) {
      assertThat(older.frames().await("error").path("code").asInt()).isEqualTo(40906);
      older.awaitEnd();
      assertThat(newer.frames().ofType("subscribed")).isNotEmpty();
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

  /** Nobody but the move ends the older line: until it does there is no other place. */
  @Test
  void atTheLimitItHasItsOwnPlaceAndNobodyHasASecondOne() {
    TestApp full = TestApp.create(nodes.first(), "Full").limits("{'connections':2}");
    TestApp elsewhere = full.at(nodes.second());
    try (WebSocketClient stays = patiently(() -> socket(full));
        WebSocketClient older = patiently(() -> socket(full))) {
      try (WebSocketClient newer = patiently(() -> resumed(elsewhere, older))) {
        assertSuperseded(older);
        awaitFull(full);
        awaitFull(elsewhere);
        newer.ping();
        stays.ping();
      }
      try (WebSocketClient next = patiently(() -> socket(full))) {
        next.ping();
      }
    }
  }

  /** That they need not wait for its lease, {@code AdmissionTest} says. */
  @Test
  void thePlacesOfANodeThatIsGoneAreThoseOfItsClients() {
    try (TwoNodes two = TwoNodes.start("resumed_places")) {
      TestApp app = TestApp.create(two.first(), "Gone").limits("{'connections':2}");
      TestApp gone = app.at(two.second());
      try (WebSocketClient one = patiently(() -> socket(gone));
          WebSocketClient other = patiently(() -> socket(gone))) {
        one.ping();
        other.ping();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    app.rest().get("/v1/connections").expect(200).json().path("items").size() == 2);
        two.cutOffSecond();
        try (WebSocketClient oneAgain = patiently(() -> resumed(app, one));
            WebSocketClient otherAgain = patiently(() -> resumed(app, other))) {
          oneAgain.ping();
          otherAgain.ping();
          awaitFull(app);
        }
      }
    }
  }

  private static WebSocketClient patiently(Callable<WebSocketClient> opening) {
    return patiently(opening, WebSocketClient::isOpen);
  }

  /** On a busy machine Redis may not answer for a moment, and the node decides by itself. */
  private static <T extends Client> T patiently(Callable<T> opening, Predicate<T> isUp) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              T opened = opening.call();
              if (!isUp.test(opened)) {
                opened.close();
                throw new IllegalStateException("not yet");
              }
              return opened;
            },
            opened -> true);
  }

  private static boolean hasBegun(SseClient stream) {
    return Frames.type(
            stream
                .frames()
                .await(
                    "first event",
                    frame ->
                        Frames.type(frame).equals("subscribed")
                            || Frames.type(frame).equals("error")))
        .equals("subscribed");
  }

  private static void assertSuperseded(WebSocketClient older) {
    assertThat(older.closeCode()).isEqualTo(SUPERSEDED);
    assertThat(older.frames().await("error").path("code").asInt()).isEqualTo(40906);
  }

  /** For a moment a node may have decided by itself. */
  private static void awaitFull(TestApp app) {
    await().atMost(PATIENCE).until(() -> refusal(app) == 42901);
  }

  /** What one more connection is refused with; 0 when it is not. */
  private static int refusal(TestApp app) {
    RefusedByGateway refused =
        catchThrowableOfType(RefusedByGateway.class, () -> socket(app).close());
    return refused == null ? 0 : refused.code();
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
