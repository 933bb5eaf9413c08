package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsOverHttpTest {
  private static final String CAP = "{\"capabilities\":{\"*\":[\"subscribe\"]}}";

  @SuppressWarnings("NullAway.Init")
  private RestServer server;

  @BeforeAll
  void start() {
    server = new RestServer("refusals");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void missingCredentialIsToldSo() {
    HttpResponse<String> answer = server.send("POST", "/v1/tokens", CAP);

    assertProblem(answer, 401, 40100);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"tidegate\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic !!!",
        "Basic NDgyOTEzLmsx",
        "Basic NDgyOTEzLmsxOndyb25n",
        "basic NDgyOTEzLmsxOndyb25n"
      })
  void wrongKeyIsOneRefusalWhateverIsWrong(String authorization) {
    HttpResponse<String> answer =
        server.send("POST", "/v1/tokens", CAP, "Authorization", authorization);

    assertProblem(answer, 401, authorization.equals("Basic") ? 40100 : 40101);
  }

  @Test
  void unsignedTokenWithRolesIsNobody() {
    String header = base64("{\"alg\":\"none\",\"kid\":\"482913.k1\"}");
    String claims =
        base64(
            "{\"sub\":\"ada\",\"aud\":\"482913\",\"exp\":9999999999,\"iat\":1,"
                + "\"roles\":[\"KEY\",\"TOKEN\"]}");

    assertProblem(
        server.send(
            "POST", "/v1/tokens", CAP, "Authorization", "Bearer " + header + "." + claims + "."),
        401,
        40144);
  }

  @Test
  void credentialOfTheOtherPlaneIsNone() {
    String operator = "Bearer " + TestContext.OPERATOR_TOKEN;

    assertProblem(server.send("POST", "/v1/tokens", CAP, "Authorization", operator), 401, 40101);
    assertProblem(server.send("POST", "/v1/tickets", null, "Authorization", operator), 401, 40101);
    assertProblem(server.send("GET", "/v1/me", null, "Authorization", server.key()), 401, 40101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tgo_wrong", "tgc_wrong", "tgc_", "x", "a.b.c"})
  void unknownTokenIsOneRefusalOnEveryRoute(String token) {
    int code = token.startsWith("tg") ? 40101 : 40144;

    for (String path : new String[] {"/v1/me", "/v1/nodes", "/v1/connections"}) {
      assertProblem(server.send("GET", path, null, "Authorization", "Bearer " + token), 401, code);
    }
  }

  @Test
  void twoCredentialsAreNone() {
    assertProblem(
        server.send(
            "POST", "/v1/tokens", CAP, "Authorization", server.key(), "Authorization", "Bearer x"),
        401,
        40101);
  }

  @Test
  void unknownRouteIsNotFound() {
    HttpResponse<String> answer = server.send("GET", "/v1/nowhere", null);

    assertProblem(answer, 404, 40400);
    assertThat(answer.body()).doesNotContain("nowhere");
    assertProblem(server.send("GET", "/v1/nowhere", null, "Accept", "text/html"), 404, 40400);
  }

  @Test
  void wrongMethodNamesTheRightOnes() {
    HttpResponse<String> answer =
        server.send("PUT", "/v1/tokens", CAP, "Authorization", server.key());

    assertProblem(answer, 405, 40500);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void otherContentTypeIsRefused() {
    HttpRequest form =
        to("/v1/tokens")
            .header("Authorization", server.key())
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(CAP))
            .build();
    HttpRequest none =
        to("/v1/tokens")
            .header("Authorization", server.key())
            .header("Content-Type", "json")
            .POST(HttpRequest.BodyPublishers.ofString(CAP))
            .build();
    HttpRequest zipped =
        to("/v1/tokens")
            .header("Authorization", server.key())
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(CAP))
            .build();

    assertProblem(server.exchange(form), 415, 41500);
    assertProblem(server.exchange(none), 415, 41500);
    assertProblem(server.exchange(zipped), 415, 41500);
  }

  @Test
  void otherAcceptIsRefused() {
    assertProblem(
        server.send(
            "POST", "/v1/tokens", CAP, "Authorization", server.key(), "Accept", "image/png"),
        406,
        40600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "nul", "{\"a\":1,\"a\":1}", "{}{}"})
  void brokenJsonIsRefused(String body) {
    assertProblem(
        server.send("POST", "/v1/tokens", body, "Authorization", server.key()), 400, 40001);
  }

  @Test
  void bodyOverItsLimitIsRefused() {
    String huge = "{\"capabilities\":\"" + "x".repeat(2 << 20) + "\"}";

    assertProblem(
        server.send("POST", "/v1/tokens", huge, "Authorization", server.key()), 413, 41300);
  }

  @Test
  void addressOverItsLimitIsRefused() throws IOException {
    String answer = raw("GET /v1/" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.[01] 414 .*").contains("\"code\":41400");
  }

  @Test
  void headersOverTheirLimitAreRefused() throws IOException {
    String answer =
        raw("GET /v1/tokens HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(9_000) + "\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.[01] 431 .*").contains("\"code\":43100");
  }

  @Test
  void whatIsNoHttpIsRefused() throws IOException {
    assertThat(raw("\u0001\u0002 nonsense\r\n\r\n")).matches("(?s)HTTP/1.[01] 400 .*");
  }

  @Test
  void everyAnswerNamesItsRequest() {
    HttpResponse<String> made = server.send("GET", "/v1/nowhere", null);
    HttpResponse<String> kept =
        server.send("GET", "/v1/nowhere", null, "X-Request-Id", "trace-0001");
    HttpResponse<String> replaced =
        server.send("GET", "/v1/nowhere", null, "X-Request-Id", "a b<script>");

    String id = made.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(made.body()).contains("\"requestId\":\"" + id + "\"");
    assertThat(kept.headers().firstValue("X-Request-Id")).hasValue("trace-0001");
    assertThat(replaced.body()).doesNotContain("script");
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (HttpResponse<String> answer :
        java.util.List.of(
            server.send("GET", "/v1/nowhere", null),
            server.send("POST", "/v1/tokens", CAP),
            server.send("POST", "/v1/tokens", CAP, "Authorization", server.key()))) {
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void frameworksOwnLoginRoutesAreNotThere() {
    for (String path :
        new String[] {"/login", "/logout", "/oauth/access_token", "/keys", "/refresh"}) {
      assertProblem(
          server.exchange(to(path).POST(HttpRequest.BodyPublishers.noBody()).build()), 404, 40400);
      assertProblem(server.exchange(to(path).GET().build()), 404, 40400);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String base64(String text) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static void assertProblem(HttpResponse<String> answer, int status, int code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"code\":" + code + ",").doesNotContain("Exception");
  }
}
