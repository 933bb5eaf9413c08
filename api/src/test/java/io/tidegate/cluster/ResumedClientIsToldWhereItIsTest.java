package io.tidegate.cluster;

import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.session.Sessions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Members that were lost meanwhile are not taken to be there by the client that resumes. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class ResumedClientIsToldWhereItIsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TwoNodes nodes = TwoNodes.start("resumed_members");
  private final TestApp app = TestApp.create(nodes.first(), "Members that were lost");
  private final Audience first = new Audience(app);
  private final Audience second = new Audience(app.at(nodes.second()));

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void inTimeItIsWhereItWas() {
    try (WebSocketClient ada = second.client("ada")) {
      enterAtLast(ada, "room");
      enterAtLast(ada, "hall");
      String key = ada.connectionKey();
      ada.cut();
      try (WebSocketClient again = first.resumed("ada", key)) {
        assertThat(told(again)).isEqualTo("[\"hall\",\"room\"]");
      }
    }
  }

  @Test
  void behindTheDeathOfItsNodeItIsNowhereAndEntersAgain() {
    try (WebSocketClient observer = observer();
        WebSocketClient ada = second.client("ada")) {
      enterAtLast(ada, "room");
      awaitSeen(observer, "room", "ada");
      String key = ada.connectionKey();
      nodes.cutOffSecond();
      awaitSeen(observer, "room");
      try (WebSocketClient again = first.resumed("ada", key)) {
        assertThat(told(again)).isEqualTo("[]");
        enterAtLast(again, "room");
        awaitSeen(observer, "room", "ada");
      }
    }
  }

  @Test
  void behindARedisThatCameBackEmptyItIsNowhereAndEntersAgain() {
    try (WebSocketClient observer = observer();
        WebSocketClient ada = second.client("ada")) {
      enterAtLast(ada, "room");
      awaitSeen(observer, "room", "ada");
      String key = ada.connectionKey();
      String id = ada.connectionId();
      nodes.redis().kill();
      ada.cut();
      Sessions sessions = nodes.beanOfSecond(Sessions.class);
      await().atMost(PATIENCE).until(() -> sessions.find(id) == null);
      try (WebSocketClient again = first.resumed("ada", key)) {
        nodes.redis().restart();
        assertThat(told(again)).isEqualTo("[]");
        awaitSeen(observer, "room");
        enterAtLast(again, "room");
        awaitSeen(observer, "room", "ada");
      }
    }
  }

  /** On a busy machine Redis may not answer for a moment: then what was asked is refused. */
  private WebSocketClient observer() {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> first.observer("room"), observer -> true);
  }

  private static void enterAtLast(WebSocketClient client, String channel) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              int before = client.frames().ofType("reply").size();
              Audience.enter(client, channel);
              return client.frames().ofType("reply").size() > before;
            });
  }

  private static String told(WebSocketClient resumed) {
    JsonNode present = resumed.frames().await("present", PATIENCE, frame -> type(frame));
    assertThat(resumed.frames().await("connected").path("resumed").asBoolean()).isTrue();
    return present.path("channels").toString();
  }

  private static boolean type(JsonNode frame) {
    return frame.path("type").asText().equals("present");
  }
}
