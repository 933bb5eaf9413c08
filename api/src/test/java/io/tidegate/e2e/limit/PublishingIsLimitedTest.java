package io.tidegate.e2e.limit;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Publishes per second and their burst, sizes and batches, over REST and WebSocket alike. */
@WireTest
final class PublishingIsLimitedTest {
  private static final String ROOM = "/v1/channels/room/messages";
  private static final String ONE = "{\"data\":1}";

  /** Until a rate of 1 gives another one. */
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private static final String TWO = "[{\"data\":1},{\"data\":2}]";

  @Test
  void burstPassesAndTheNextIsToldWhenToComeBack() {
    Brisk.within(
        A_SECOND,
        play -> {
          TestApp app = app("{'publishesPerSecond':1,'publishBurst':3}");
          for (int i = 0; i < 3; i++) {
            app.rest().post(ROOM, ONE).expect(201);
          }
          Answer refused = app.rest().post(ROOM, ONE).expect(429);

          assertThat(refused.code()).isEqualTo(42910);
          assertThat(refused.json().path("detail").asText())
              .contains("1 messages per second", "publishesPerSecond");
          assertThat(refused.json().path("retryAfterMs").asLong()).isBetween(1L, 1_000L);
          assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
          assertThat(refused.headers().firstValue("RateLimit-Policy"))
              .hasValue("\"publishes\";q=3;w=3");
          assertThat(refused.headers().firstValue("RateLimit")).hasValue("\"publishes\";r=0;t=3");
        });
  }

  @Test
  void answersTellWhatIsLeft() {
    TestApp app = app("{'publishesPerSecond':1,'publishBurst':100}");
    Answer first = app.rest().post(ROOM, TWO).expect(201);

    assertThat(first.headers().firstValue("RateLimit-Policy"))
        .hasValue("\"publishes\";q=100;w=100");
    assertThat(first.headers().firstValue("RateLimit")).hasValue("\"publishes\";r=98;t=2");
  }

  @Test
  void unlimitedTenantHasNoSuchHeaders() {
    Answer answer = app("{}").rest().post(ROOM, ONE).expect(201);
    assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
    assertThat(answer.headers().firstValue("RateLimit-Policy")).isEmpty();
  }

  @Test
  void arrayPassesAsAWholeOrNotAtAll() {
    Brisk.within(
        A_SECOND,
        play -> {
          TestApp app = app("{'publishesPerSecond':1,'publishBurst':3}");
          app.rest().post(ROOM, TWO).expect(201);

          assertThat(app.rest().post(ROOM, TWO).code()).isEqualTo(42910);
          app.rest().post(ROOM, ONE).expect(201);
          assertThat(app.channel("room").path("seq").asInt()).isEqualTo(3);
        });
  }

  @Test
  void arrayAboveTheBurstIsRefusedForGood() {
    TestApp app = app("{'publishesPerSecond':1}");
    assertThat(app.rest().post(ROOM, TWO).expect(413).code()).isEqualTo(41302);
  }

  @Test
  void eachPartOfABatchIsAsked() {
    Brisk.within(
        A_SECOND,
        play -> {
          TestApp app = app("{'publishesPerSecond':1,'publishBurst':1}");
          JsonNode results =
              app.rest()
                  .post(
                      "/v1/messages",
                      json("{'items':[{'channels':['a','b'],'messages':[{'data':1}]}]}"))
                  .expect(200)
                  .json()
                  .path("results");
          assertThat(results.get(0).path("messages").size()).isEqualTo(1);
          assertThat(results.get(1).path("error").path("code").asInt()).isEqualTo(42910);
        });
  }

  @Test
  void socketsShareTheRate() {
    Brisk.within(
        A_SECOND,
        play -> {
          TestApp app = app("{'publishesPerSecond':1,'publishBurst':2}");
          try (WebSocketClient client =
              WebSocketClient.open(app.target(), Credential.key(app.key()))) {
            app.rest().post(ROOM, ONE).expect(201);
            client.publish("room", ONE);
            client.frames().await("reply");
            String refused = client.publish("room", ONE);
            JsonNode error = client.frames().await("error");

            assertThat(error.path("id").asText()).isEqualTo(refused);
            assertThat(error.path("code").asInt()).isEqualTo(42910);
            assertThat(error.path("retryAfterMs").asLong()).isPositive();
            assertThat(client.isOpen()).isTrue();
          }
        });
  }

  @Test
  void changedLimitHoldsAtOnce() {
    TestApp app = app("{'publishesPerSecond':0}");
    assertThat(app.rest().post(ROOM, ONE).code()).isEqualTo(42910);
    app.limits("{'publishesPerSecond':1000}").rest().post(ROOM, TWO).expect(201);
    app.limits("{'publishesPerSecond':0}");
    assertThat(app.rest().post(ROOM, ONE).code()).isEqualTo(42910);
    app.limits("{'publishesPerSecond':null}").rest().post(ROOM, ONE).expect(201);
  }

  @Test
  void sizesAreTheSmallestOfAll() {
    TestApp app = app("{'maxMessageBytes':20,'maxBatchMessages':2}");
    app.namespace("large", "{'pattern':'large:*','maxMessageBytes':10}");
    app.rest().post(ROOM, "{\"data\":\"" + "x".repeat(18) + "\"}").expect(201);

    Answer large = app.rest().post(ROOM, "{\"data\":\"" + "x".repeat(19) + "\"}");
    assertThat(large.code()).isEqualTo(41301);
    assertThat(large.json().path("detail").asText()).contains("20 bytes", "maxMessageBytes");
    assertThat(app.rest().post("/v1/channels/large:1/messages", "{\"data\":\"123456789\"}").code())
        .isEqualTo(41301);
    Answer many = app.rest().post(ROOM, "[{\"data\":1},{\"data\":2},{\"data\":3}]").expect(413);
    assertThat(many.code()).isEqualTo(41302);
    assertThat(many.json().path("detail").asText()).contains("maxBatchMessages");
  }

  @Test
  void tokenNarrowsForItsClientOnly() {
    Brisk.within(
        A_SECOND,
        play -> {
          TestApp app = app("{'publishesPerSecond':100}");
          Rest narrow = narrowed(app, "ada", "{'publishesPerSecond':1,'maxMessageBytes':10}");
          narrow.post(ROOM, ONE).expect(201);
          Answer refused = narrow.post(ROOM, ONE).expect(429);

          assertThat(refused.code()).isEqualTo(42910);
          assertThat(refused.json().path("detail").asText()).startsWith("the token may publish 1");
          assertThat(narrow.post(ROOM, "{\"data\":\"123456789\"}").code()).isEqualTo(41301);
          // Another token of the same client has no rate of its own.
          assertThat(narrowed(app, "ada", "{'publishesPerSecond':1}").post(ROOM, ONE).code())
              .isEqualTo(42910);
          narrowed(app, "bob", "{'publishesPerSecond':1}").post(ROOM, ONE).expect(201);
          app.rest().post(ROOM, ONE).expect(201);
        });
  }

  @Test
  void comingNearIsRecordedOnce() {
    TestApp app = app("{'publishesPerSecond':1,'publishBurst':1000}");
    // One a second comes back: none of these need be quick.
    app.publisher().numbers("room", 900);
    String events = "/v1/tenants/" + app.tenantId() + "/audit-events";
    JsonNode warning =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> warnings(app, events), found -> found.size() == 1)
            .get(0);

    assertThat(warning.path("actor").path("kind").asText()).isEqualTo("system");
    assertThat(warning.path("after").path("limit").asText()).isEqualTo("publishesPerSecond");
    assertThat(warning.path("after").path("used").asInt()).isBetween(800, 900);
    assertThat(warning.path("after").path("most").asInt()).isEqualTo(1_000);
  }

  private static List<JsonNode> warnings(TestApp app, String events) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : app.control().rest().get(events).expect(200).json().path("items")) {
      if (event.path("action").asText().equals("limit.warning")) {
        found.add(event);
      }
    }
    return found;
  }

  private static Rest narrowed(TestApp app, String clientId, String limits) {
    String body =
        json(
            "{'clientId':'%s','capabilities':{'room':['publish']},'limits':%s}",
            clientId, json(limits));
    String token = app.rest().post("/v1/tokens", body).expect(201).json().path("token").asText();
    return new Rest(app.target(), Credential.bearer(token));
  }

  private static TestApp app(String limits) {
    TestApp app = TestApp.create(SharedGateway.target(), "Limited");
    return limits.equals("{}") ? app : app.limits(limits);
  }
}
