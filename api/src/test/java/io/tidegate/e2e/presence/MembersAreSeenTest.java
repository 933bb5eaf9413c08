package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.act;
import static io.tidegate.e2e.presence.Audience.awaitSeen;
import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.seen;
import static io.tidegate.e2e.presence.Audience.told;
import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

@WireTest
final class MembersAreSeenTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Presence");
  private final Audience audience = new Audience(app);

  @Test
  void whoIsThereIsToldFirstAndChangesFollow() {
    try (WebSocketClient ada = audience.client("ada");
        WebSocketClient bob = audience.client("bob")) {
      act(ada, "enter", "room", "{\"mood\":\"good\"}");
      try (WebSocketClient observer = audience.observer("room")) {
        assertThat(seen(observer, "room")).containsEntry("ada", "{\"mood\":\"good\"}");

        enter(bob, "room");
        awaitSeen(observer, "room", "ada", "bob");
        act(ada, "update", "room", "\"busy\"");
        observer.frames().await("update", frame -> frame.path("action").asText().equals("update"));
        assertThat(seen(observer, "room")).containsEntry("ada", "\"busy\"");
        act(bob, "leave", "room", "");
        awaitSeen(observer, "room", "ada");
        assertThat(told(observer, "room", "leave")).isOne();
        assertThat(observer.frames().ofType("presence"))
            .extracting(frame -> frame.path("version").asLong())
            .isSorted();
      }
    }
  }

  @Test
  void subscriptionIsWidenedWhereItStandsAndNobodySeesALeave() {
    try (WebSocketClient ada = audience.client("ada");
        WebSocketClient observer = audience.observer("wider")) {
      ada.subscribe("wider");
      enter(ada, "wider");
      ada.publish("wider", "{\"data\":1}");
      ada.frames().await("message");
      ada.send(json("{'type':'subscribe','id':'wide','channel':'wider','presence':true}"));
      JsonNode answer =
          ada.frames().await("answer", frame -> frame.path("id").asText().equals("wide"));
      assertThat(answer.path("type").asText()).isEqualTo("subscribed");
      assertThat(answer.path("seq").asLong()).isOne();
      awaitSeen(ada, "wider", "ada");

      ada.publish("wider", "{\"data\":2}");
      ada.frames().await("message", 2);
      ada.send(json("{'type':'subscribe','id':'again','channel':'wider','presence':true}"));
      JsonNode again =
          ada.frames().await("refusal", frame -> frame.path("id").asText().equals("again"));
      assertThat(again.path("code").asInt()).isEqualTo(40904);
      awaitSeen(observer, "wider", "ada");
      assertThat(told(observer, "wider", "enter")).isOne();
      assertThat(told(observer, "wider", "leave")).isZero();
    }
  }

  @Test
  void whatIsNotBegunYetIsWidenedWhenItBegins() {
    try (WebSocketClient ada = audience.client("ada")) {
      ada.send(json("{'type':'subscribe','id':'one','channel':'quick'}"));
      ada.send(json("{'type':'subscribe','id':'two','channel':'quick','presence':true}"));
      ada.send(json("{'type':'subscribe','id':'three','channel':'quick','rewind':5}"));
      ada.frames().await("presence");
      ada.frames().await("error");
      assertThat(ada.frames().ofType("subscribed"))
          .extracting(frame -> frame.path("id").asText())
          .containsExactly("one", "two");
      assertThat(ada.frames().ofType("error"))
          .extracting(frame -> frame.path("code").asInt())
          .containsExactly(40904);
    }
  }

  @Test
  void leavingUnsubscribingAndClosingAreSeenAtOnce() {
    try (WebSocketClient observer = audience.observer("doors");
        WebSocketClient first = audience.client("first");
        WebSocketClient second = audience.client("second");
        WebSocketClient third = audience.client("third")) {
      for (WebSocketClient one : new WebSocketClient[] {first, second, third}) {
        enter(one, "doors");
      }
      awaitSeen(observer, "doors", "first", "second", "third");
      act(first, "leave", "doors", "");
      awaitSeen(observer, "doors", "second", "third");
      second.send(json("{'type':'unsubscribe','channel':'doors'}"));
      awaitSeen(observer, "doors", "third");
      third.sayGoodbye();
      awaitSeen(observer, "doors");
      assertThat(audience.listed("doors", 10)).isEmpty();
    }
  }

  @Test
  void oneClientMayBeThereOverTwoConnections() {
    try (WebSocketClient one = audience.client("twin");
        WebSocketClient other = audience.client("twin")) {
      enter(one, "twins");
      enter(other, "twins");
      assertThat(audience.listed("twins", 1)).containsExactly("twin", "twin");
      act(one, "leave", "twins", "");
      assertThat(audience.listed("twins", 1)).containsExactly("twin");
    }
  }

  @Test
  void eventStreamsAreToldWhenTheyAsk() {
    try (WebSocketClient ada = audience.client("ada")) {
      enter(ada, "stream");
      Credential key = Credential.key(app.key());
      try (SseClient told = SseClient.withPresence(app.target(), key, "stream");
          SseClient other = SseClient.open(app.target(), key, "stream")) {
        awaitSeen(told, "stream", "ada");
        act(ada, "leave", "stream", "");
        awaitSeen(told, "stream");
        app.publisher().numbers("stream", 1);
        other.frames().awaitSeq("stream", 1);
        assertThat(other.frames().ofType("presence")).isEmpty();
      }
    }
  }

  @Test
  void membersAreListedInPages() {
    WebSocketClient[] clients = new WebSocketClient[7];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = audience.client("c" + i);
      enter(clients[i], "pages");
    }
    assertThat(audience.listed("pages", 3))
        .containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
    clients[0].send(json("{'type':'presence.get','id':'g1','channel':'pages','limit':4}"));
    JsonNode page =
        clients[0].frames().await("page", frame -> frame.path("id").asText().equals("g1"));
    assertThat(page.path("count").asInt()).isEqualTo(7);
    assertThat(page.path("members")).hasSize(4);
    clients[0].send(
        json(
            "{'type':'presence.get','id':'g2','channel':'pages','cursor':'%s'}",
            page.path("cursor").asText()));
    JsonNode rest =
        clients[0].frames().await("page", frame -> frame.path("id").asText().equals("g2"));
    assertThat(rest.path("members")).hasSize(3);
    assertThat(rest.has("cursor")).isFalse();
    for (WebSocketClient one : clients) {
      one.close();
    }
  }

  @Test
  void whereOnlyCountsAreToldNobodyIsNamed() {
    app.namespace("hall", "{'pattern':'hall:*','presence':{'mode':'occupancy'}}");
    try (WebSocketClient observer = audience.observer("hall:main");
        WebSocketClient ada = audience.client("ada")) {
      enter(ada, "hall:main");
      observer.frames().await("count", frame -> frame.path("count").asInt(-1) == 1);
      assertThat(observer.frames().toString()).doesNotContain("ada");
      JsonNode page =
          app.rest().get("/v1/channels/" + Rest.encode("hall:main") + "/presence").json();
      assertThat(page.path("count").asInt()).isOne();
      assertThat(page.path("items")).isEmpty();
    }
  }
}
