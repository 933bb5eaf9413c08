package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.e2e.client.PollClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.presence.Member;
import io.tidegate.presence.PresenceStore;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WireTest
final class PollsAreToldWhoIsThereTest {
  private static final int MANY = 10_000;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Polled");
  private final Audience audience = new Audience(app);

  private PollClient poll(String... channels) {
    return PollClient.withPresence(app.target(), Credential.key(app.key()), channels);
  }

  @Test
  void firstEverybodyThenWhatChanges() {
    try (WebSocketClient ada = audience.client("ada");
        WebSocketClient bob = audience.client("bob");
        WebSocketClient follower = audience.observer("room")) {
      enter(ada, "room");
      awaitSeen(follower, "room", "ada");
      try (PollClient poll = poll("room")) {
        awaitSeen(poll, "room", "ada");
        enter(bob, "room");
        awaitSeen(poll, "room", "ada", "bob");
        act(ada, "update", "room", "\"busy\"");
        poll.frames().await("update", frame -> frame.path("action").asText().equals("update"));
        act(bob, "leave", "room", "");
        awaitSeen(poll, "room", "ada");
        assertThat(told(poll, "room", "sync")).isOne();
        assertThat(told(poll, "room", "enter")).isOne();
        assertThat(told(poll, "room", "update")).isOne();
        assertThat(told(poll, "room", "leave")).isOne();
        assertThat(audience.listed("room", 10)).as("who polls is no member").containsExactly("ada");
      }
    }
  }

  /** Nobody remembers what changed between two polls: then everybody is told anew. */
  @Test
  void aPollThatIsAloneMissesNothing() {
    try (PollClient poll = poll("alone", "other");
        WebSocketClient ada = audience.client("ada");
        WebSocketClient bob = audience.client("bob")) {
      assertThat(told(poll, "alone", "sync")).isOne();
      assertThat(told(poll, "other", "sync")).isOne();
      for (int round = 0; round < 3; round++) {
        enter(ada, "alone");
        enter(bob, "alone");
        enter(bob, "other");
        awaitSeen(poll, "alone", "ada", "bob");
        awaitSeen(poll, "other", "bob");
        act(ada, "leave", "alone", "");
        act(bob, "leave", "other", "");
        awaitSeen(poll, "alone", "bob");
        awaitSeen(poll, "other");
      }
    }
  }

  @Test
  void aLargeChannelIsToldInAnswersOfBoundedSize() {
    PresenceStore store = SharedGateway.bean(PresenceStore.class);
    ChannelId hall = new ChannelId(new AppId(app.id()), new ChannelName("hall"));
    for (int i = 0; i < MANY; i++) {
      store.enter(hall, new Member("c" + i, "n-" + i, "{\"n\":" + i + "}"), i, MANY, false);
    }
    Set<String> seen = new HashSet<>();
    String since = "";
    boolean paging = true;
    int answers = 0;
    while (paging) {
      JsonNode answer = ask("hall", since, true);
      assertThat(answer.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100 << 10);
      for (JsonNode event : answer.path("events")) {
        event.path("members").forEach(member -> seen.add(member.path("clientId").asText()));
        paging = event.has("cursor") || event.path("type").asText().equals("subscribed");
      }
      since = answer.path("since").asText();
      assertThat(since).hasSizeLessThan(4_096);
      if (answers++ == 2) {
        store.leave(hall, new Member("c0", "n-0", null).key(), 0);
      }
    }
    assertThat(seen).hasSize(MANY);
    assertThat(answers).isGreaterThan(4);
    // What changed in between is not lost: it is told next, be it with everybody anew.
    JsonNode next = ask("hall", since, true);
    assertThat(next.path("events")).isNotEmpty();
    for (JsonNode event : next.path("events")) {
      boolean leave = event.path("action").asText().equals("leave");
      assertThat(event.path("members").findValuesAsText("clientId").contains("c0"))
          .isEqualTo(leave);
    }
    for (int i = 0; i < MANY; i++) {
      store.leave(hall, new Member("c" + i, "n-" + i, null).key(), i);
    }
  }

  @Test
  void whatIsKnownIsNotToldAgain() {
    try (WebSocketClient ada = audience.client("ada")) {
      enter(ada, "known");
      String since = ask("known", "", true).path("since").asText();
      app.publisher().numbers("known", 1);
      JsonNode next = ask("known", since, true);
      assertThat(next.path("events").findValuesAsText("type")).containsExactly("message");
      since = next.path("since").asText();
      app.publisher().numbers("known", 1);
      assertThat(ask("known", since, false).path("events").findValuesAsText("type"))
          .as("who does not ask is not told")
          .containsExactly("message");
      String without = ask("known", "", false).path("since").asText();
      assertThat(ask("known", without, true).path("events").findValuesAsText("clientId"))
          .containsExactly("ada");
    }
  }

  @Test
  void whereOnlyCountsAreToldNobodyIsNamed() {
    app.namespace("stand", "{'pattern':'stand:*','presence':{'mode':'occupancy'}}");
    try (PollClient poll = poll("stand:1");
        WebSocketClient ada = audience.client("ada")) {
      poll.frames().await("count", frame -> frame.path("count").asInt(-1) == 0);
      enter(ada, "stand:1");
      poll.frames().await("count", frame -> frame.path("count").asInt(-1) == 1);
      assertThat(poll.frames().toString()).doesNotContain("ada");
    }
  }

  @Test
  void aPositionThatIsNotOursIsRefused() {
    String since = ask("mine", "", true).path("since").asText();
    for (String wrong :
        List.of(since + "AAAA", since.replaceAll("\\..*", ".") + "A", ".", since + ".")) {
      Answer answer = app.rest().get(path("mine", wrong, true));
      assertThat(answer.status()).as(wrong).isEqualTo(400);
    }
  }

  private JsonNode ask(String channel, String since, boolean presence) {
    return app.rest().get(path(channel, since, presence)).expect(200).json();
  }

  private static String path(String channel, String since, boolean presence) {
    return "/v1/poll?channel="
        + channel
        + (presence ? "&presence=true" : "")
        + (since.isEmpty() ? "" : "&since=" + Rest.encode(since));
  }
}
