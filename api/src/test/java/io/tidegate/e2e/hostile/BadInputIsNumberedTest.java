package io.tidegate.e2e.hostile;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, frames, names and numbers that are wrong: one row of the catalogue for all edges. */
@WireTest
final class BadInputIsNumberedTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Bad input");

  /** What stands in the place of a message; good JSON around it. */
  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("cut", 40001, "{'data':"),
        Arguments.of("two values", 40001, "{'data':1}{}"),
        Arguments.of("NaN", 40001, "{'data':NaN}"),
        Arguments.of("comment", 40001, "{/*x*/'data':1}"),
        Arguments.of("comma at the end", 40001, "{'data':1,}"),
        Arguments.of("leading zero", 40001, "{'data':01}"),
        Arguments.of("leading plus", 40001, "{'data':+1}"),
        Arguments.of("bare control", 40001, "{'data':'\u0001'}"),
        Arguments.of("bad escape", 40001, "{'data':'\\x'}"),
        Arguments.of("no name quoted", 40001, "{data:1}"),
        Arguments.of("key twice", 40001, "{'data':1,'data':2}"),
        Arguments.of("key twice, deeper", 40001, "{'data':{'a':1,'a':2}}"),
        Arguments.of("key twice by an escape", 40001, "{'data':{'a':1,'\\u0061':2}}"),
        Arguments.of("65 digits", 40001, "{'data':" + "1".repeat(65) + "}"),
        Arguments.of("65 digits of a fraction", 40001, "{'data':0." + "1".repeat(64) + "}"),
        Arguments.of("nesting past 32", 40001, "{'data':" + "[".repeat(40) + "]".repeat(40) + "}"),
        Arguments.of("nesting of 30,000", 40001, "{'data':" + "[".repeat(30_000) + "}"),
        Arguments.of("half a pair", 40003, "{'data':'\\ud800'}"),
        Arguments.of("the other half", 40003, "{'data':'a\\uDC00b'}"),
        Arguments.of("halves the wrong way round", 40003, "{'data':['\\udc00\\ud800']}"),
        Arguments.of("half a pair before a pair", 40003, "{'data':'\\ud83d\\ud83d\\ude00'}"),
        Arguments.of("half a pair in a key", 40001, "{'data':{'a':{'\\udfff':1}}}"),
        Arguments.of("half a pair in headers", 40003, "{'data':1,'headers':{'h':'\\ud800'}}"),
        Arguments.of("half a header's name", 40001, "{'data':1,'headers':{'\\ud800':'v'}}"),
        Arguments.of("half a pair in the name", 40003, "{'data':1,'name':'a\\ud800'}"),
        Arguments.of("half a pair in the id", 40007, "{'data':1,'id':'a\\ud800'}"),
        Arguments.of("half a pair in the clientId", 40012, "{'data':1,'clientId':'\\ud800'}"),
        Arguments.of("half a field's name", 40001, "{'data':1,'\\ud800':2}"),
        Arguments.of("unknown field", 40002, "{'data':1,'mood':2}"),
        Arguments.of("no data", 40003, "{}"),
        Arguments.of("name a number", 40003, "{'data':1,'name':2}"),
        Arguments.of("headers a list", 40003, "{'data':1,'headers':[]}"),
        Arguments.of("id with a control", 40007, "{'data':1,'id':'a\\nb'}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void messageIsRefusedAlikeOverRestAndWebSocket(String what, int code, String message) {
    String bad = message.replace('\'', '"');
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      String good = json("{'data':'before'}");
      app.publisher().accepted("mixed", good);
      long before = app.channel("mixed").path("position").path("seq").asLong();
      Answer answer = app.rest().post("/v1/channels/mixed/messages", bad);
      Answer inArray = app.rest().post("/v1/channels/mixed/messages", "[" + good + "," + bad + "]");
      socket.send(
          RawSocket.text(
              "{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"mixed\",\"messages\":["
                  + good
                  + ","
                  + bad
                  + "]}"));

      RawLine.assertProblem(answer);
      assertThat(answer.code()).as(answer.body()).isEqualTo(code);
      assertThat(inArray.code()).as(inArray.body()).isEqualTo(code);
      assertThat(socket.await("error").path("code").asInt()).isEqualTo(code);
      socket.assertServes();
      assertThat(app.channel("mixed").path("position").path("seq").asLong()).isEqualTo(before);
    }
  }

  @Test
  void bodyOverTheLimitIsRefusedHoweverItComes() {
    String body = "{\"data\":\"" + "x".repeat(2 << 20) + "\"}";
    String head =
        "POST /v1/channels/big/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + RawSocket.basic(app.key());
    assertThat(app.rest().post("/v1/channels/big/messages", body).code()).isEqualTo(41300);
    try (RawLine chunked = RawLine.open(app.target());
        RawLine announced = RawLine.open(app.target())) {
      announced.send(head + "Content-Length: 99999999999\r\n\r\n");
      assertThat(announced.refusal().code()).isEqualTo(41300);

      chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes();
      for (int i = 0; i < 32 && chunked.trySend(chunk); i++) {}
      assertThat(chunked.refusal().code()).isEqualTo(41300);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate", "zstd", "GZIP", "x-gzip", "identity, gzip"})
  void compressedBodyIsRefusedUninflated(String coding) {
    String body = "{\"data\":1}";
    try (RawLine line = RawLine.open(app.target())) {
      line.send(
          "POST /v1/channels/bomb/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + RawSocket.basic(app.key())
              + "Content-Encoding: "
              + coding
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);

      assertThat(line.refusal().code()).isEqualTo(41500);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /v1/events, 13, dGhlIHNhbXBsZSBub25jZQ==, 405",
    "DELETE /v1/events, 13, dGhlIHNhbXBsZSBub25jZQ==, 405",
    "POST /v1/ws, 13, dGhlIHNhbXBsZSBub25jZQ==, 405",
    "GET /v1/events, 12, dGhlIHNhbXBsZSBub25jZQ==, 426",
    "GET /v1/events, 13, short, 400",
    "GET /v1/ws, 12, dGhlIHNhbXBsZSBub25jZQ==, 426",
    "GET /v1/ws, 13, short, 400"
  })
  void handshakeThatIsNoneIsAnswered(String start, String version, String key, int status) {
    try (RawLine line = RawLine.open(app.target())) {
      line.send(
          """
          %s HTTP/1.1\r
          Host: a\r
          Authorization: Bearer %s\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: %s\r
          Sec-WebSocket-Key: %s\r
          \r
          """
              .formatted(start, app.target().operatorToken(), version, key));

      assertThat(line.refusal().status()).isEqualTo(status);
    }
  }

  /** As JSON text, and percent-encoded. */
  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("empty", "", ""),
        Arguments.of("NUL", "a\\u0000b", "a%00b"),
        Arguments.of("CR LF", "a\\r\\nb", "a%0D%0Ab"),
        Arguments.of("ESC", "a\\u001bb", "a%1Bb"),
        Arguments.of("C1 control", "a\\u0085b", "a%C2%85b"),
        Arguments.of("begins with [", "[other]log", "%5Bother%5Dlog"),
        Arguments.of("begins with :", ":a", ":a"),
        Arguments.of("begins with #", "#a", "%23a"),
        Arguments.of("256 code points", "x".repeat(256), "x".repeat(256)),
        Arguments.of("256 emoji", "\\uD83C\\uDF0A".repeat(256), "%F0%9F%8C%8A".repeat(256)),
        Arguments.of("not NFC", "e\\u0301", "e%CC%81"),
        Arguments.of("lone surrogate", "a\\ud800", "a%ED%A0%80"),
        Arguments.of("overlong", "a\\udc00", "a%C0%AF"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void channelNameIsRefusedEverywhere(String what, String inJson, String inPath) {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      for (String frame :
          List.of(
              "{'type':'subscribe','channel':'%s'}",
              "{'type':'subscribe','channels':['%s']}",
              "{'type':'unsubscribe','channel':'%s'}",
              "{'type':'publish','channel':'%s','messages':[{'data':1}]}")) {
        socket.send(RawSocket.text(frame.replace('\'', '"').formatted(inJson)));
        assertThat(socket.await("error").path("code").asInt()).as(frame).isEqualTo(40010);
      }
      socket.assertServes();
    }
    String batch = json("{'items':[{'channels':['%s'],'messages':[{'data':1}]}]}", inJson);
    assertThat(app.rest().post("/v1/messages", batch).code()).isEqualTo(40010);
    for (String request :
        List.of(
            "GET /v1/channels/%s",
            "DELETE /v1/channels/%s",
            "GET /v1/channels/%s/messages",
            "POST /v1/channels/%s/messages",
            "GET /v1/sse?channel=%s",
            "GET /v1/poll?channel=%s",
            "GET /v1/sse?channel=good&channel=%s",
            "GET /v1/sse?channels=good,%s")) {
      if (inPath.isEmpty() && request.contains("channels/")) {
        continue; // another route
      }
      try (RawLine line = RawLine.open(app.target())) {
        String body = request.startsWith("POST") ? "{\"data\":1}" : "";
        line.send(
            request.formatted(inPath)
                + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + RawSocket.basic(app.key())
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        boolean notText =
            request.contains("?") && (inPath.contains("%ED") || inPath.contains("%C0"));
        assertThat(line.refusal().code()).as(request).isEqualTo(notText ? 40000 : 40010);
      }
    }
  }

  @Test
  void slashInANameIsACharacterOfIt() {
    app.publisher().accepted("a/b", "{\"data\":1}");

    assertThat(app.rest().get("/v1/channels/a%2Fb").json().path("name").asText("a/b"))
        .isEqualTo("a/b");
    assertThat(app.rest().get("/v1/channels/a/b").status()).isEqualTo(404);
    assertThat(app.history("a/b").forward(10)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, 40003",
    "limit=-1, 40003",
    "limit=1001, 40003",
    "limit=99999999999999999999, 40003",
    "limit=NaN, 40003",
    "limit=1e2, 40003",
    "limit=0x10, 40003",
    "limit=%2B1, 40003",
    "limit=, 40003",
    "direction=sideways, 40003",
    "from=-1, 40003",
    "from=NaN, 40003",
    "from=99999999999999999999, 40003",
    "start=yesterday, 40003",
    "end=-5, 40003",
    "cursor=garbage, 40052",
    "cursor=%00, 40052",
    "cursor=" + HUGE + ", 40052"
  })
  void oddParametersOfHistoryAreRefused(String query, int code) {
    Answer answer = app.rest().get("/v1/channels/room/messages?" + query);

    RawLine.assertProblem(answer);
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
  }

  private static final String HUGE =
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** A place in one channel is none in another, nor in another app's of the same name. */
  @Test
  void cursorsAndPositionsFitOnlyWhatTheyWereMadeFor() {
    TestApp other = TestApp.create(app.target(), "Other");
    app.publisher().numbers("room", 3);
    app.publisher().numbers("hall", 3);
    other.publisher().numbers("room", 3);
    String cursor =
        app.rest().get("/v1/channels/room/messages?limit=1").json().path("next").asText();
    String id = app.rest().get("/v1/poll?channel=room&rewind=1").json().path("since").asText();

    String encoded = Rest.encode(cursor);
    assertThat(app.rest().get("/v1/channels/room/messages?cursor=" + encoded).status())
        .isEqualTo(200);
    assertThat(app.rest().get("/v1/channels/hall/messages?cursor=" + encoded).code())
        .isEqualTo(40052);
    assertThat(other.rest().get("/v1/channels/room/messages?cursor=" + encoded).code())
        .isEqualTo(40052);
    assertThat(app.rest().get("/v1/channels?cursor=" + encoded).code()).isEqualTo(40052);

    app.publisher().numbers("room", 1);
    assertThat(app.rest().get("/v1/poll?channel=room&since=" + id).status()).isEqualTo(200);
    assertThat(app.rest().get("/v1/poll?channel=hall&since=" + id).code()).isEqualTo(40051);
    assertThat(app.rest().get("/v1/sse?channel=hall&lastEventId=" + id).code()).isEqualTo(40051);
    assertThat(other.rest().get("/v1/poll?channel=room&since=" + id).code()).isEqualTo(40051);
    assertThat(other.rest().get("/v1/sse?channel=room&lastEventId=" + id).code()).isEqualTo(40051);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'since':5",
        "'since':{}",
        "'since':{'epoch':'x'}",
        "'since':{'epoch':'x','seq':-1}",
        "'since':{'epoch':'x','seq':1.5}",
        "'since':{'epoch':'x','seq':'1'}",
        "'since':{'epoch':'x','seq':99999999999999999999}",
        "'since':{'epoch':'x','seq':1E400}",
        "'since':{'epoch':'x','seq':9223372036854775807}",
        "'since':{'epoch':'x','seq':9223372036854775808}",
        "'since':{'epoch':'x','seq':-9223372036854775809}",
        "'since':{'epoch':'x\\ud800','seq':1}",
        "'since':{'epoch':'','seq':1}",
        "'since':{'epoch':null,'seq':1}",
        "'rewind':0",
        "'rewind':-1",
        "'rewind':1e9",
        "'rewind':'soon'",
        "'rewind':'99999999999999999999m'",
        "'rewind':1,'since':{'epoch':'x','seq':1}"
      })
  void oddBeginningsOfASubscriptionAreRefused(String beginning) {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      String frame = "{'type':'subscribe','id':'s','channel':'room'," + beginning + "}";
      socket.send(RawSocket.text(frame.replace('\'', '"')));

      assertThat(socket.await("error").path("code").asInt()).isIn(40003, 40051);
      socket.assertServes();
    }
  }

  /** Nobody was there, so it is a jump, and it is announced; the client is not refused. */
  @Test
  void positionBeyondTheHeadIsNoResume() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      String epoch = app.publisher().accepted("far", "{\"data\":1}").epoch();
      socket.send(
          RawSocket.text(
              json(
                  "{'type':'subscribe','channel':'far','since':{'epoch':%s,'seq':%d}}",
                  quote(epoch), Long.MAX_VALUE - 1)));

      assertThat(socket.await("subscribed").path("resumed").asBoolean(true)).isFalse();
      socket.assertServes();
    }
  }
}
