package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code present} after {@code connected}: where a resumed connection is a member still. */
@WireTest
final class ResumedClientKnowsWhereItIsTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Where am I");
  private final Audience audience = new Audience(app);

  @Test
  void itIsToldWhereItIsStillAndNothingElse() {
    try (WebSocketClient ada = audience.client("ada")) {
      enter(ada, "room:2");
      enter(ada, "room:1");
      enter(ada, "left");
      act(ada, "leave", "left", "");
      String key = ada.connectionKey();
      ada.cut();
      try (WebSocketClient again = audience.resumed("ada", key)) {
        JsonNode present = again.frames().await("present");
        assertThat(channels(present)).containsExactly("room:1", "room:2");
        assertThat(present.has("more")).isFalse();
        enter(again, "room:1");
        assertThat(again.frames().all().stream().map(Frames::type))
            .containsExactly("connected", "present", "reply");
      }
    }
  }

  @Test
  void backTooLateItIsToldSoAndEntersAgain() {
    app.namespace("brief", "{'pattern':'brief:*','presence':{'graceSeconds':1}}");
    try (WebSocketClient observer = audience.observer("brief:1");
        WebSocketClient ada = audience.client("ada")) {
      enter(ada, "brief:1");
      enter(ada, "long");
      awaitSeen(observer, "brief:1", "ada");
      String key = ada.connectionKey();
      ada.cut();
      awaitSeen(observer, "brief:1");
      try (WebSocketClient again = audience.resumed("ada", key)) {
        assertThat(again.frames().await("connected").path("resumed").asBoolean()).isTrue();
        assertThat(channels(again.frames().await("present"))).doesNotContain("brief:1");
        enter(again, "brief:1");
        awaitSeen(observer, "brief:1", "ada");
      }
    }
  }

  @Test
  void whereItMayBeNoMoreItLeavesAndIsNotTold() {
    try (WebSocketClient observer = audience.observer("rights");
        WebSocketClient ada = audience.client("ada")) {
      enter(ada, "rights");
      awaitSeen(observer, "rights", "ada");
      String key = ada.connectionKey();
      ada.cut();
      String token = app.token("ada", "{'*':['subscribe']}");
      try (WebSocketClient again = resumed(Credential.bearer(token), key)) {
        assertThat(channels(again.frames().await("present"))).isEmpty();
        awaitSeen(observer, "rights");
      }
    }
  }

  @Test
  void manyChannelsAreToldInSeveralFrames() {
    List<String> all = IntStream.range(100, 220).mapToObj(i -> "many:" + i).toList();
    try (WebSocketClient ada = audience.client("ada")) {
      all.forEach(channel -> enter(ada, channel));
      String key = ada.connectionKey();
      ada.cut();
      try (WebSocketClient again = audience.resumed("ada", key)) {
        again
            .frames()
            .await("the last", frame -> Frames.type(frame).equals("present") && !frame.has("more"));
        List<JsonNode> frames = again.frames().ofType("present");
        assertThat(frames).hasSize(3);
        assertThat(frames.subList(0, 2)).allMatch(frame -> frame.path("more").asBoolean());
        assertThat(frames.stream().flatMap(frame -> channels(frame).stream()).toList())
            .containsExactlyElementsOf(all);
      }
    }
  }

  @Test
  void whoWasNeverAMemberIsToldNothing() {
    String token = app.token("ada", "{'*':['subscribe','presence']}");
    try (WebSocketClient fresh = audience.client("ada");
        WebSocketClient key = WebSocketClient.open(app.target(), Credential.key(app.key()));
        SseClient stream = SseClient.open(app.target(), Credential.bearer(token), "stream")) {
      fresh.ping();
      assertThat(fresh.frames().ofType("present")).isEmpty();
      stream.frames().await("subscribed");
      stream.cut();
      stream.reconnect();
      stream.frames().await("subscribed", 2);
      assertThat(stream.frames().ofType("present")).isEmpty();
      String connectionKey = key.connectionKey();
      key.cut();
      try (WebSocketClient again = resumed(Credential.key(app.key()), connectionKey)) {
        again.ping();
        assertThat(again.frames().await("connected").path("resumed").asBoolean()).isTrue();
        assertThat(again.frames().ofType("present")).isEmpty();
      }
    }
  }

  private WebSocketClient resumed(Credential credential, String key) {
    return WebSocketClient.open(app.target(), credential, "resume=" + Rest.encode(key));
  }

  private static List<String> channels(JsonNode present) {
    return IntStream.range(0, present.path("channels").size())
        .mapToObj(i -> present.path("channels").path(i).asText())
        .toList();
  }
}
