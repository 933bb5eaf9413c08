package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two readers could understand in two ways (RFC 9112, section 11.2), and what is no HTTP at
 * all: one numbered refusal, and nothing behind it is read as a request.
 */
@WireTest
final class AmbiguousRequestEndsTheLineTest {
  private static final String BEHIND = "GET /v1/behind HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String GET = "GET /v1/me HTTP/1.1\r\nHost: a\r\n";
  private static final String POST =
      "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  private final Target target = SharedGateway.target();

  static Stream<Arguments> requests() {
    String smuggled = BEHIND;
    return Stream.of(
        bad(
            "TE behind CL",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        bad(
            "CL behind TE",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        bad("two equal CL", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        bad("two different CL", POST + "Content-Length: 2\r\nContent-Length: 0\r\n\r\n{}"),
        bad("CL a list", POST + "Content-Length: 2, 2\r\n\r\n{}"),
        bad("CL a word", POST + "Content-Length: two\r\n\r\n{}"),
        bad("CL negative", POST + "Content-Length: -1\r\n\r\n{}"),
        bad("CL with a sign", POST + "Content-Length: +2\r\n\r\n{}"),
        bad("CL in hex", POST + "Content-Length: 0x2\r\n\r\n{}"),
        bad("CL past a long", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
        bad("CL empty", POST + "Content-Length: \r\n\r\n{}"),
        bad("TE xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        bad("TE identity", POST + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        bad("TE gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        bad("TE chunked, identity", POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        bad(
            "TE twice",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
        bad("TE behind a VT", POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n"),
        bad("TE before a space", POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        bad(
            "TE in 1.0",
            POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        bad("folded header", GET + "X-A: b\r\n Content-Length: 5\r\n\r\n"),
        bad("folded first header", "GET /v1/me HTTP/1.1\r\n\tHost: a\r\n\r\n"),
        bad("bare LF", "GET /v1/me HTTP/1.1\nHost: a\n\n"),
        bad("bare LF in a header", GET + "X-A: b\nContent-Length: 5\r\n\r\n"),
        bad("bare CR in a header", GET + "X-A: b\rContent-Length: 5\r\n\r\n"),
        bad("NUL in a header", GET + "X-A: b\u0000c\r\n\r\n"),
        bad("NUL in a name", GET + "X\u0000A: bc\r\n\r\n"),
        bad("control in a header", GET + "X-A: \u0001\r\n\r\n"),
        bad("header without a colon", GET + "XA\r\n\r\n"),
        bad("header without a name", GET + ": a\r\n\r\n"),
        bad("another host's address", "GET http://b/v1/me HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("another host's stream", "GET http://b/v1/sse?channel=a HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("no Host", "GET /v1/me HTTP/1.1\r\n\r\n"),
        bad("two Hosts", GET + "Host: b\r\n\r\n"),
        bad("Host no name", "GET /v1/me HTTP/1.1\r\nHost: a/b@c\r\n\r\n"),
        bad("HTTP/0.9", "GET /v1/me\r\n\r\n"),
        bad("HTTP/1.2", "GET /v1/me HTTP/1.2\r\nHost: a\r\n\r\n"),
        bad("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        bad("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("no address", "GET\r\nHost: a\r\n\r\n"),
        bad("space in the address", "GET /v1/me x HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("fragment in the address", "GET /v1/me#x HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("byte FF in the path", "GET /v1/channels/\u00ff HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("broken escape in the path", "GET /v1/channels/%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("broken escape in the query", "GET /v1/channels?prefix=%f HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("no UTF-8 in the query", "GET /v1/sse?channel=%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad(
            "no UTF-8 in a poll's query",
            "GET /v1/poll?channel=%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("chunk size a word", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        bad(
            "chunk size negative",
            POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
        bad("chunks with bare LF", POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n"),
        bad(
            "chunk longer than said",
            POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
        bad("body of a handshake", "GET /v1/ws HTTP/1.1\r\nHost: a\r\nContent-Length: 37\r\n\r\n"),
        bad(
            "chunked handshake",
            "GET /v1/ws HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        no("TRACE", 40500, "TRACE /v1/me HTTP/1.1\r\nHost: a\r\n\r\n"),
        no("CONNECT", 40500, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
        no("method in lower case", 40500, "get /v1/me HTTP/1.1\r\nHost: a\r\n\r\n"),
        no("method of nobody", 40500, "TIDE /v1/me HTTP/1.1\r\nHost: a\r\n\r\n"),
        no("headers over 8 kB", 43100, GET + "X-A: " + "x".repeat(8_200) + "\r\n\r\n"),
        no("headers over 8 kB in sum", 43100, GET + header(40, "y".repeat(220)) + "\r\n"),
        no("51 headers", 43100, GET + header(50, "a") + "\r\n"),
        no("address over 8 kB", 41400, "GET /v1/" + "x".repeat(8_200) + " HTTP/1.1\r\n\r\n"),
        no(
            "stream's address over 8 kB",
            41400,
            "GET /v1/sse?channel=" + "x".repeat(8_200) + " HTTP/1.1\r\n" + smuggled));
  }

  private static Arguments bad(String what, String request) {
    return no(what, 40000, request);
  }

  private static Arguments no(String what, int code, String request) {
    return Arguments.of(what, code, request);
  }

  private static String header(int count, String value) {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < count; i++) {
      headers.append("X-").append(i).append(": ").append(value).append("\r\n");
    }
    return headers.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void isRefusedAndNothingBehindItIsRead(String what, int code, String request) {
    try (RawLine line = RawLine.open(target)) {
      line.send(request + BEHIND);
      Answer refusal = line.refusal();

      assertThat(refusal.code()).as(refusal.body()).isEqualTo(code);
      assertThat(refusal.headers().firstValue("Connection")).hasValue("close");
      line.assertEnds();
    }
  }

  /** Wherever the segments are cut, the lines are the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40})
  void isRefusedInPiecesToo(int size) {
    String request = GET + header(50, "a") + "\r\n";
    try (RawLine line = RawLine.open(target)) {
      long begun = System.nanoTime();
      for (int at = 0; at < request.length(); at += size) {
        byte[] piece =
            request
                .substring(at, Math.min(request.length(), at + size))
                .getBytes(StandardCharsets.ISO_8859_1);
        if (!line.trySend(piece)) {
          break;
        }
      }

      int code = line.refusal().code();
      // A head has 5 s: a test that stood still for so long is told that.
      boolean inTime = System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5);
      assertThat(code).isIn(43100, inTime ? 43100 : 40800);
      line.assertEnds();
    }
  }

  @Test
  void whatWasAcceptedBeforeItIsKeptAndAnswered() {
    TestApp app = TestApp.create(target, "Smugglers");
    String body = "{\"data\":\"kept\"}";
    String good =
        "POST /v1/channels/dock/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Authorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(basic(app.key()), body.length(), body);
    try (RawLine line = RawLine.open(target)) {
      line.send(good + good + GET + "X-A: b\r\n folded\r\n\r\n" + good);

      assertThat(line.answer().status()).isEqualTo(201);
      assertThat(line.answer().status()).isEqualTo(201);
      assertThat(line.refusal().code()).isEqualTo(40000);
      line.assertEnds();
    }
    assertThat(app.history("dock").forward(10)).hasSize(2);
  }

  /** Else half a message would be published. */
  @Test
  void bodyWhoseChunksBreakIsNotCarriedOut() {
    TestApp app = TestApp.create(target, "Chunks");
    try (RawLine line = RawLine.open(target)) {
      line.send(
          "POST /v1/channels/dock/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/json\r\nAuthorization: Basic "
              + basic(app.key())
              + "\r\n\r\nA\r\n{\"data\":1}\r\nzz\r\n");

      assertThat(line.refusal().code()).isEqualTo(40000);
      line.assertEnds();
    }
    assertThat(app.history("dock").forward(10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/me HTTP/1.0, 40100",
    "GET http://a/v1/me HTTP/1.1, 40100",
    "GET HTTP://A/v1/sse?channel=x HTTP/1.1, 40100",
    "HEAD /v1/me HTTP/1.1, 0"
  })
  void whatIsOddButClearIsAnswered(String request, int code) {
    try (RawLine line = RawLine.open(target)) {
      line.send(request + "\r\nHost: a\r\nX-Name: \u00e4\u00ff\r\nConnection: close\r\n\r\n");
      if (code == 0) {
        assertThat(line.head()).startsWith("HTTP/1.1 401 ");
      } else {
        assertThat(line.refusal().code()).isEqualTo(code);
      }
      line.assertEnds();
    }
  }

  private static String basic(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
  }
}
