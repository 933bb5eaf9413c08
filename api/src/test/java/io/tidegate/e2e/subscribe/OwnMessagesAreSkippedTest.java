package io.tidegate.e2e.subscribe;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@WireTest
final class OwnMessagesAreSkippedTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Echoes");
  private final Credential key = Credential.key(app.key());

  @Test
  void withoutEchoOnlyThePositionMoves() {
    try (WebSocketClient quiet = WebSocketClient.open(app.target(), key, "echo=false");
        WebSocketClient other = WebSocketClient.open(app.target(), key)) {
      quiet.subscribe("room");
      other.subscribe("room");
      quiet.frames().await("subscribed");
      other.frames().await("subscribed");
      Watch watch = new Observations().watch("quiet", quiet.frames());

      quiet.publish("room", "{\"data\":\"mine\"}");
      quiet.frames().await("reply");
      other.publish("room", "{\"data\":\"theirs\"}");
      quiet.frames().awaitSeq("room", 2);
      other.frames().awaitSeq("room", 2);

      assertThat(ofRoom(quiet)).containsExactly("skipped", "message");
      assertThat(ofRoom(other)).containsExactly("message", "message");
      assertThat(other.frames().messages("room").getFirst().path("connectionId").asText())
          .isEqualTo(quiet.connectionId());
      assertThat(watch.jumps()).isEmpty();
    }
  }

  @Test
  void excludedConnectionIsPassedOverAndResumesBehindIt() {
    try (WebSocketClient excluded = WebSocketClient.open(app.target(), key);
        WebSocketClient other = WebSocketClient.open(app.target(), key)) {
      excluded.subscribe("hall");
      other.subscribe("hall");
      excluded.frames().await("subscribed");
      other.frames().await("subscribed");
      String message = json("{'data':'for the others','exclude':'%s'}", excluded.connectionId());
      app.publisher().accepted("hall", message);
      JsonNode skipped = excluded.frames().await("skipped");
      other.frames().awaitSeq("hall", 1);

      assertThat(skipped.path("seq").asInt()).isEqualTo(1);
      assertThat(other.frames().messages("hall")).hasSize(1);
      excluded.cut();
      app.publisher().accepted("hall", "{\"data\":\"for all\"}");
      excluded.reconnect();
      excluded.frames().awaitSeq("hall", 2);
      assertThat(excluded.frames().messages("hall"))
          .extracting(frame -> frame.path("data").asText())
          .containsExactly("for all");
    }
  }

  @Test
  void streamIsExcludedByItsConnectionIdToo() {
    try (SseClient stream = SseClient.open(app.target(), key, "deck")) {
      stream.frames().await("subscribed");
      String id = stream.frames().await("connected").path("connectionId").asText();
      app.publisher().accepted("deck", json("{'data':1,'exclude':'%s'}", id));
      app.publisher().accepted("deck", json("{'data':2}"));
      stream.frames().awaitSeq("deck", 2);

      assertThat(stream.frames().numbers("deck")).containsExactly(2);
      assertThat(stream.frames().ofType("skipped")).hasSize(1);
    }
  }

  /** What came of a channel after it was subscribed, by type. */
  private static List<String> ofRoom(WebSocketClient client) {
    return client.frames().all().stream()
        .filter(frame -> frame.path("channel").asText().equals("room") && frame.has("seq"))
        .map(Frames::type)
        .filter(type -> !type.equals("subscribed"))
        .toList();
  }
}
