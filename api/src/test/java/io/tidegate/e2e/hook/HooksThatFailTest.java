package io.tidegate.e2e.hook;

import static io.tidegate.e2e.hook.HookReceiver.ALLOW;
import static io.tidegate.e2e.hook.HookReceiver.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.hook.HookReceiver.Reply;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Without an answer that can be used the app's choice holds. */
@WireTest
final class HooksThatFailTest {
  /** With what is told of it to those who run the app. */
  static Stream<Arguments> answersOfNoUse() {
    return Stream.of(
        Arguments.of("500", new Reply(500, ""), "it answered 500"),
        Arguments.of("204", new Reply(204, ""), "it answered 204"),
        Arguments.of("redirect", new Reply(307, ""), "it answered 307"),
        Arguments.of("no JSON", new Reply(200, "yes"), "cannot be used"),
        Arguments.of("no decision", json("{'ok':true}"), "none of allow, refuse, change"),
        Arguments.of("more than allow", json("{'decision':'allow','messages':[]}"), "other fields"),
        Arguments.of("no messages", json("{'decision':'change'}"), "messages is required"),
        Arguments.of(
            "unknown field",
            json("{'decision':'change','channel':'x'}"),
            "[messages] and no others"),
        Arguments.of("fewer", json("{'decision':'change','messages':[]}"), "items"),
        Arguments.of(
            "more",
            json("{'decision':'change','messages':[{'data':1},{'data':2}]}"),
            "as many as were asked about"),
        Arguments.of(
            "another id",
            json("{'decision':'change','messages':[{'id':'other','data':1}]}"),
            "/messages/0/id may not change"),
        Arguments.of(
            "another author",
            json("{'decision':'change','messages':[{'clientId':'eve','data':1}]}"),
            "/messages/0/clientId may not change"),
        Arguments.of(
            "wrong encoding",
            json("{'decision':'change','messages':[{'data':'%','encoding':'base64'}]}"),
            "/messages/0/data must be valid base64"),
        Arguments.of(
            "too large",
            json("{'decision':'change','messages':[{'data':'" + "x".repeat(2_000) + "'}]}"),
            "1000"),
        Arguments.of("endless", new Reply(200, " ".repeat(300_000)), "more than 262144 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNoUse")
  void anAnswerOfNoUseIsNone(String what, Reply reply, String told) {
    TestApp app = HookGateway.app();
    app.namespace("small", "{'pattern':'chat:*','maxMessageBytes':1000}");
    try (HookReceiver receiver = new HookReceiver(asked -> reply)) {
      JsonNode closed =
          HookGateway.hook(app, "before-publish", receiver.url(), ",'pattern':'chat:closed'");
      HookGateway.hook(
          app, "before-publish", receiver.url(), ",'pattern':'chat:open','onFailure':'allow'");

      Answer refused = HookGateway.publish(app, "chat:closed", "{'id':'m1','data':'as it was'}");
      HookGateway.publish(app, "chat:open", "{'id':'m1','data':'as it was'}").expect(201);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo(50310);
      assertThat(refused.body()).doesNotContain("127.0.0.1");
      assertThat(app.history("chat:closed").forward(10)).isEmpty();
      assertThat(app.history("chat:open").forward(10).getFirst().data().asText())
          .isEqualTo("as it was");
      assertThat(receiver.calls()).hasSize(2);
      JsonNode calls = HookGateway.calls(app, closed);
      assertThat(calls.path("counts").path("failed").asInt()).isEqualTo(1);
      assertThat(calls.path("items").path(0).path("detail").asText()).contains(told);
      assertThat(calls.path("items").path(0).path("about").asText()).isEqualTo("chat:closed");
    }
  }

  @Test
  void aHookThatNeverAnswersIsWaitedForAsLongAsItSays() {
    TestApp app = HookGateway.app();
    try (HookReceiver receiver = new HookReceiver(asked -> HookReceiver.SILENCE)) {
      JsonNode hook =
          HookGateway.hook(
              app, "before-publish", receiver.url(), ",'timeoutMs':10,'onFailure':'refuse'");

      assertThat(HookGateway.publish(app, "room", "{'data':1}").code()).isEqualTo(50310);
      HookGateway.operator(app)
          .patch(
              HookGateway.path(app) + "/" + hook.path("id").asText(),
              Json.json("{'onFailure':'allow'}"))
          .expect(200);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> HookGateway.publish(app, "room", "{'data':1}").status() == 201);
    }
  }

  @Test
  void whereNobodyListensTheChoiceHolds() {
    TestApp app = HookGateway.app();
    HookReceiver gone = new HookReceiver(asked -> ALLOW);
    String url = gone.url();
    gone.close();
    HookGateway.hook(app, "before-publish", url, ",'pattern':'chat:closed'");
    HookGateway.hook(app, "before-publish", url, ",'pattern':'chat:open','onFailure':'allow'");

    assertThat(HookGateway.publish(app, "chat:closed", "{'data':1}").code()).isEqualTo(50310);
    HookGateway.publish(app, "chat:open", "{'data':1}").expect(201);
  }

  @Test
  void aHookThatFailsTooOftenIsLeftAloneAndAskedAgainLater() {
    TestApp app = HookGateway.app();
    try (HookReceiver receiver = new HookReceiver(asked -> new Reply(500, ""))) {
      JsonNode hook = HookGateway.hook(app, "before-publish", receiver.url(), "");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                HookGateway.publish(app, "room", "{'data':1}");
                return HookGateway.calls(app, hook).path("counts").path("open").asInt() > 0;
              });
      receiver.decide(asked -> ALLOW);

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> HookGateway.publish(app, "room", "{'data':1}").status() == 201);

      JsonNode counts = HookGateway.calls(app, hook).path("counts");
      assertThat(counts.path("failed").asInt()).isGreaterThanOrEqualTo(10);
      assertThat(counts.path("allow").asInt()).isGreaterThanOrEqualTo(1);
    }
  }
}
