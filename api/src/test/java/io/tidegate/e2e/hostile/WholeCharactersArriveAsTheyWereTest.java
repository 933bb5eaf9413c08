package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs of surrogates and numbers at the edges are kept byte by byte, in every class. */
@WireTest
final class WholeCharactersArriveAsTheyWereTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Whole characters");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud83d\\ude00\"",
        "\"\\uD83D\\uDE00 \uD83D\uDE00 \\\\ud800\"",
        "{\"\\ud83d\\ude00\":[\"\uD83D\uDE00\"]}",
        "-0",
        "-0.0",
        "1E400",
        "-1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890.10"
      })
  void dataIsKeptByteByByteOverRestAndWebSocket(String data) {
    app.namespace("log", "{'pattern':'log:*','durability':'durable'}");
    String message = "{\"data\":" + data + ",\"headers\":{\"h\":\"\\ud83d\\ude00\"}}";
    for (String channel : new String[] {"window", "log:1"}) {
      try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
        socket.send(RawSocket.text("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}"));
        socket.await("subscribed");
        app.publisher().accepted(channel, message);
        socket.send(
            RawSocket.text(
                "{\"type\":\"publish\",\"channel\":\"%s\",\"messages\":[%s]}"
                    .formatted(channel, message)));
        for (int i = 0; i < 2; i++) {
          assertThat(text(socket)).contains("\"data\":" + data, "{\"h\":\"\\ud83d\\ude00\"}");
        }
      }
      String history =
          app.rest().get("/v1/channels/" + channel + "/messages?limit=2").expect(200).body();
      assertThat(history.split("\"data\":" + java.util.regex.Pattern.quote(data), -1)).hasSize(3);
    }
  }

  /** The next message as it came. */
  private static String text(RawSocket socket) {
    while (true) {
      RawSocket.Frame frame = socket.frame();
      if (frame.json().path("type").asText().equals("message")) {
        return frame.text();
      }
    }
  }

  @Test
  void nameAndClientIdArriveAsTheCharactersTheyName() {
    String message =
        "{\"data\":1,\"name\":\"\\ud83d\\ude00\",\"clientId\":\"\\ud83d\\ude00\",\"id\":\"\\ud83d\\ude00\"}";
    app.publisher().accepted("\uD83D\uDE00", message);
    var kept = app.history("\uD83D\uDE00").forward(10).getFirst().message();
    assertThat(kept.path("name").asText()).isEqualTo("\uD83D\uDE00");
    assertThat(kept.path("clientId").asText()).isEqualTo("\uD83D\uDE00");
    assertThat(kept.path("id").asText()).isEqualTo("\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'pattern':'a','retentionDays':1E400}",
        "{'pattern':'a','retentionDays':9223372036854775808}",
        "{'pattern':'a','retentionDays':-9223372036854775809}",
        "{'pattern':'a','retentionDays':-0}",
        "{'pattern':'a','window':{'messages':9223372036854775807}}"
      })
  void numbersPastTheirBoundsAreNumbered(String rules) {
    Answer answer =
        app.control()
            .rest()
            .put("/v1/apps/" + app.id() + "/namespaces/odd", rules.replace('\'', '"'));
    RawLine.assertProblem(answer);
    assertThat(answer.code()).as(answer.body()).isEqualTo(40003);
  }

  @Test
  void halfAPairIsRefusedOnTheControlPlaneToo() {
    for (String body :
        new String[] {
          "{\"name\":\"\\ud800\"}",
          "{\"name\":\"a\",\"settings\":{\"allowedOrigins\":[\"https://\\udc00\"]}}"
        }) {
      Answer answer = app.control().rest().post("/v1/tenants/" + app.tenantId() + "/apps", body);
      RawLine.assertProblem(answer);
      assertThat(answer.code()).isEqualTo(40001);
    }
    Answer token =
        app.rest()
            .post(
                "/v1/tokens", "{\"clientId\":\"\\ud800\",\"capabilities\":{\"*\":[\"publish\"]}}");
    assertThat(token.code()).isEqualTo(40001);
  }
}
