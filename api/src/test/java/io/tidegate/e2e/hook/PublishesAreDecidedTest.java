package io.tidegate.e2e.hook;

import static io.tidegate.e2e.hook.HookReceiver.ALLOW;
import static io.tidegate.e2e.hook.HookReceiver.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.hook.HookReceiver.Call;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.webhook.send.SigningSecret;
import io.tidegate.webhook.send.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A before-publish hook allows, refuses and changes what is published. */
@WireTest
final class PublishesAreDecidedTest {
  private TestApp app;
  private HookReceiver receiver;
  private JsonNode hook;

  @BeforeEach
  void another() {
    app = HookGateway.app();
    receiver = new HookReceiver(asked -> ALLOW);
    hook = HookGateway.hook(app, "before-publish", receiver.url(), ",'pattern':'chat:*'");
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static JsonNode message(JsonNode asked, int at) {
    return asked.path("data").path("messages").path(at);
  }

  @Test
  void whatIsAllowedIsPublishedAndTheCallIsSigned() {
    String channel = "chat:allowed";

    HookGateway.publish(app, channel, "{'id':'m1','name':'n','data':{'a':1},'headers':{'h':'v'}}")
        .expect(201);

    assertThat(receiver.calls()).hasSize(1);
    Call call = receiver.calls().getFirst();
    assertThat(call.envelope().path("type").asText()).isEqualTo("before-publish");
    assertThat(call.envelope().path("app").asText()).isEqualTo(app.id());
    assertThat(call.data().path("channel").asText()).isEqualTo(channel);
    assertThat(call.data().path("keyName").asText()).isEqualTo(app.keyName());
    assertThat(call.data().path("clientId").isNull()).isTrue();
    assertThat(message(call.envelope(), 0))
        .isEqualTo(
            Json.read(Json.json("{'id':'m1','name':'n','data':{'a':1},'headers':{'h':'v'}}")));
    assertThat(
            Verification.isGenuine(
                call.signature(),
                call.body().getBytes(StandardCharsets.UTF_8),
                new SigningSecret(hook.path("secret").asText()),
                Instant.now()))
        .isTrue();
    assertThat(app.history(channel).forward(10)).hasSize(1);
  }

  @Test
  void aChannelThatNoHookCoversIsNotAskedAbout() {
    HookGateway.publish(app, "news", "{'data':1}").expect(201);

    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void whatIsRefusedIsToldWithItsReasonAndKeptAsDecidedByTheHook() {
    receiver.decide(asked -> json("{'decision':'refuse','reason':'no links here'}"));

    Answer refused = HookGateway.publish(app, "chat:refused", "{'data':'http://x'}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo(40310);
    assertThat(refused.json().path("detail").asText()).isEqualTo("no links here");
    assertThat(app.history("chat:refused").forward(10)).isEmpty();
    String id = refused.headers().firstValue("X-Request-Id").orElseThrow();
    String refusals = "/v1/apps/" + app.id() + "/refusals?requestId=" + id;
    JsonNode kept =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    HookGateway.operator(app)
                        .get(refusals)
                        .expect(200)
                        .json()
                        .path("items")
                        .path(0),
                found -> !found.isMissingNode());
    assertThat(kept.path("step").asText()).isEqualTo("hook.beforePublish");
    assertThat(kept.path("rule").asText()).contains(hook.path("id").asText());
    assertThat(kept.path("channel").asText()).isEqualTo("chat:refused");
  }

  @Test
  void aReasonThatCannotBeToldRefusesAllTheSame() {
    receiver.decide(asked -> json("{'decision':'refuse','reason':'a\\u0007b'}"));

    Answer refused = HookGateway.publish(app, "chat:odd", "{'data':1}");

    assertThat(refused.code()).isEqualTo(40310);
    assertThat(refused.json().path("detail").asText())
        .isEqualTo("a hook of the app has refused it");
  }

  @Test
  void whatIsChangedIsPublishedChanged() {
    receiver.decide(
        asked -> json("{'decision':'change','messages':[{'data':'***','name':'masked'}]}"));

    HookGateway.publish(app, "chat:changed", "{'id':'m1','data':'rude','headers':{'h':'v'}}")
        .expect(201);

    JsonNode kept = app.history("chat:changed").forward(10).getFirst().message();
    assertThat(kept.path("id").asText()).isEqualTo("m1");
    assertThat(kept.path("data").asText()).isEqualTo("***");
    assertThat(kept.path("name").asText()).isEqualTo("masked");
    assertThat(kept.has("headers")).isFalse();
  }

  @Test
  void aRetryIsKnownByWhatWasSentThoughTheHookChangesItToSomethingElse() {
    receiver.decide(
        asked ->
            json(
                "{'decision':'change','messages':[{'data':'%d'}]}"
                    .formatted(receiver.calls().size())));
    String body = "{'id':'m1','data':'x'}";

    JsonNode first = HookGateway.publish(app, "chat:retried", body).expect(201).json();
    JsonNode again = HookGateway.publish(app, "chat:retried", body).expect(201).json();

    assertThat(again).isEqualTo(first);
    assertThat(receiver.calls()).hasSize(2);
    assertThat(app.history("chat:retried").forward(10)).hasSize(1);
    assertThat(HookGateway.publish(app, "chat:retried", "{'id':'m1','data':'y'}").code())
        .isEqualTo(40901);
  }

  @Test
  void allMessagesOfAnArrayAreOneCallAndOneDecision() {
    receiver.decide(
        asked ->
            json(
                message(asked, 1).path("data").asInt() == 2
                    ? "{'decision':'refuse'}"
                    : "{'decision':'allow'}"));

    assertThat(HookGateway.publish(app, "chat:array", "[{'data':1},{'data':2}]").code())
        .isEqualTo(40310);
    HookGateway.publish(app, "chat:array", "[{'data':1},{'data':3}]").expect(201);

    assertThat(receiver.calls()).hasSize(2);
    assertThat(app.history("chat:array").forward(10)).hasSize(2);
  }

  @Test
  void eachChannelOfABatchIsDecidedByItselfAndKeepsItsOrder() {
    receiver.decide(
        asked ->
            json(
                asked.path("data").path("channel").asText().equals("chat:bad")
                    ? "{'decision':'refuse','reason':'bad'}"
                    : "{'decision':'allow'}"));
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      items.add(Json.json("{'channels':['chat:good'],'messages':[{'data':%d}]}", i));
    }
    items.add(Json.json("{'channels':['chat:bad','news'],'messages':[{'data':0}]}"));

    JsonNode results =
        app.rest()
            .post("/v1/messages", Json.json("{'items':[%s]}", String.join(",", items)))
            .expect(200)
            .json()
            .path("results");

    assertThat(results.path(20).path("error").path("code").asInt()).isEqualTo(40310);
    assertThat(results.path(21).path("messages")).hasSize(1);
    assertThat(app.history("chat:good").forward(100))
        .extracting(kept -> kept.data().asInt())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
  }

  @Test
  void publishesOfAConnectionKeepTheirOrderHoweverLongTheHookTakes() {
    receiver.decide(
        asked -> {
          // The earlier ones take longer.
          int n = message(asked, 0).path("data").asInt();
          pause(20 - n);
          return n % 5 == 0 ? json("{'decision':'refuse','reason':'five'}") : ALLOW;
        });
    String token = app.token("ada", "{'chat:*':['publish','subscribe']}");
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.bearer(token))) {
      client.frames().await("connected");
      client.subscribe("chat:order");
      client.frames().await("subscribed");
      for (int n = 1; n <= 20; n++) {
        client.publish("chat:order", Json.json("{'data':%d}", n));
      }
      client.frames().await("reply", 16);
      client.frames().await("error", 4);
      client.frames().await("message", 16);
      assertThat(client.frames().numbers("chat:order"))
          .containsExactly(1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19);
      Call call = receiver.calls().getFirst();
      assertThat(call.data().path("clientId").asText()).isEqualTo("ada");
      assertThat(call.data().path("connectionId").asText()).isEqualTo(client.connectionId());
      JsonNode error = client.frames().ofType("error").getFirst();
      assertThat(error.path("code").asInt()).isEqualTo(40310);
      assertThat(error.path("message").asText()).endsWith("five");
      assertThat(client.isOpen()).isTrue();
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatWouldBeRefusedAnywayIsNotAskedAbout() {
    String token = app.token("ada", "{'chat:*':['subscribe']}");
    Answer refused =
        new Rest(app.target(), Credential.bearer(token))
            .post("/v1/channels/chat:rights/messages", Json.json("{'data':1}"));

    assertThat(refused.code()).isEqualTo(40301);
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void theMostSpecificPatternIsAsked() {
    try (HookReceiver closer = new HookReceiver(asked -> json("{'decision':'refuse'}"))) {
      HookGateway.hook(app, "before-publish", closer.url(), ",'pattern':'chat:vip'");

      assertThat(HookGateway.publish(app, "chat:vip", "{'data':1}").code()).isEqualTo(40310);
      HookGateway.publish(app, "chat:others", "{'data':1}").expect(201);

      assertThat(closer.calls()).hasSize(1);
      assertThat(receiver.calls()).hasSize(1);
    }
  }

  @Test
  void anotherTenantsAppIsNotAskedAbout() {
    TestApp other = HookGateway.app();

    HookGateway.publish(other, "chat:1", "{'data':1}").expect(201);

    assertThat(receiver.calls()).isEmpty();
    String foreign = "/v1/apps/" + other.id() + "/hooks/" + hook.path("id").asText() + "/calls";
    assertThat(HookGateway.operator(other).get(foreign).code()).isEqualTo(40400);
  }

  @Test
  void anExplanationNamesTheHookAndDoesNotAskIt() {
    String question =
        Json.json(
            "{'capabilities':{'chat:*':['publish']},'operation':'publish','channel':'chat:1'}");
    JsonNode steps =
        HookGateway.operator(app)
            .post("/v1/apps/" + app.id() + "/explain", question)
            .expect(200)
            .json()
            .path("steps");

    JsonNode last = steps.path(steps.size() - 1);
    assertThat(last.path("step").asText()).isEqualTo("hook.beforePublish");
    assertThat(last.path("verdict").asText()).isEqualTo("not-reached");
    assertThat(last.path("rule").asText()).contains(hook.path("id").asText());
    assertThat(receiver.calls()).isEmpty();
  }
}
