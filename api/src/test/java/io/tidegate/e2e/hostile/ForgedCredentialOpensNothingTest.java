package io.tidegate.e2e.hostile;

import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every edge that takes a token takes none of these. What is wrong with each, rule by rule, is
 * {@code auth.ForgedTokenTest}'s.
 */
@WireTest
final class ForgedCredentialOpensNothingTest {
  private static final TestApp APP = TestApp.create(SharedGateway.target(), "Forged");
  private static final TestApp OTHER = TestApp.create(SharedGateway.target(), "Forgers");
  private static final String HEADER = "{'alg':'HS256','typ':'JWT','kid':'%s'}";
  private static final long NOW = Instant.now().getEpochSecond();

  static Stream<Arguments> tokens() {
    String kid = APP.keyName();
    String good = claims(APP.id(), NOW, NOW + 600, "");
    return Stream.of(
        no("none", 40144, unsigned("{'alg':'none','kid':'" + kid + "'}", good)),
        no("NoNe", 40144, unsigned("{'alg':'NoNe','kid':'" + kid + "'}", good)),
        no("none, signed", 40144, signed("{'alg':'none','kid':'" + kid + "'}", good, APP)),
        no("RS256", 40144, signed("{'alg':'RS256','kid':'" + kid + "'}", good, APP)),
        no("kid a path", 40101, signed(HEADER.formatted("../../" + kid), good, APP)),
        no("kid of SQL", 40101, signed(HEADER.formatted("1.k1) OR (1=1"), good, APP)),
        no("kid with NUL", 40101, signed(HEADER.formatted(kid + "\\u0000"), good, APP)),
        no("kid of 4 kB", 40144, signed(HEADER.formatted("k".repeat(4_000)), good, APP)),
        no("jku", 40144, signed(with(kid, "'jku':'http://127.0.0.1:1/k'"), good, APP)),
        no("x5u", 40144, signed(with(kid, "'x5u':'http://127.0.0.1:1/k'"), good, APP)),
        no("jwk", 40144, signed(with(kid, "'jwk':{'kty':'oct','k':'AAAA'}"), good, APP)),
        no("x5c", 40144, signed(with(kid, "'x5c':['MIIB']"), good, APP)),
        no("crit", 40144, signed(with(kid, "'crit':['exp']"), good, APP)),
        no("b64", 40144, signed(with(kid, "'b64':false"), good, APP)),
        no("signed by another app's key", 40101, signed(HEADER.formatted(kid), good, OTHER)),
        no(
            "another app's token for this app",
            40144,
            signed(HEADER.formatted(OTHER.keyName()), good, OTHER)),
        no("expired", 40142, claimed(claims(APP.id(), NOW - 900, NOW - 300, ""))),
        no("exp past 24 h", 40144, claimed(claims(APP.id(), NOW, NOW + 86_400 + 600, ""))),
        no("not yet", 40144, claimed(claims(APP.id(), NOW, NOW + 600, ",'nbf':" + (NOW + 300)))),
        no("no exp", 40144, claimed(good.replace(",'exp':" + (NOW + 600), ""))),
        no("garbage", 40144, "a.b.c"));
  }

  private static Arguments no(String what, int code, String token) {
    return Arguments.of(what, code, token);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  void tokenIsRefusedOnEveryEdge(String what, int code, String token) {
    for (String request :
        List.of(
            "GET /v1/channels/a/messages",
            "POST /v1/tickets",
            "GET /v1/ws",
            "GET /v1/sse?channel=a",
            "GET /v1/poll?channel=a")) {
      Answer refusal = asked(request, "Authorization: Bearer " + token + "\r\n");
      assertThat(refusal.code()).as(request + refusal.body()).isEqualTo(code);
      assertThat(refusal.body()).doesNotContain(token);
    }
    try (RawSocket socket = RawSocket.open(APP.target(), "")) {
      socket.send(RawSocket.text("{\"type\":\"auth\",\"token\":" + quote(token) + "}"));
      assertThat(socket.await("error").path("code").asInt()).isEqualTo(code);
    }
  }

  @Test
  void theTokenThatTheseAreMadeFromIsGood() {
    String token = claimed(claims(APP.id(), NOW, NOW + 600, ",'nbf':" + (NOW - 5)));
    try (RawSocket socket =
        RawSocket.open(APP.target(), "Authorization: Bearer " + token + "\r\n")) {
      assertThat(socket.await("connected").path("clientId").asText()).isEqualTo("ada");
    }
  }

  @Test
  void noCredentialAndSeveralAreNone() {
    String basic = RawSocket.basic(APP.key());
    for (String request :
        List.of(
            "GET /v1/channels", "GET /v1/ws", "GET /v1/sse?channel=a", "GET /v1/poll?channel=a")) {
      assertThat(asked(request, basic + "Authorization: Bearer x\r\n").code())
          .as(request)
          .isEqualTo(40101);
      if (!request.endsWith("ws")) {
        assertThat(asked(request, "").code()).as(request).isEqualTo(40100);
      }
      assertThat(asked(request, "Authorization: Basic \u00ff\u0000\r\n").status())
          .as(request)
          .isIn(400, 401);
    }
  }

  private static Answer asked(String request, String authorization) {
    try (RawLine line = RawLine.open(APP.target())) {
      line.send(
          request.endsWith("ws")
              ? RawSocket.handshake(authorization)
              : request + " HTTP/1.1\r\nHost: a\r\n" + authorization + "\r\n");
      return line.refusal();
    }
  }

  private static String claims(String app, long from, long to, String more) {
    return "{'aud':'%s','sub':'ada','cap':{'*':['subscribe','publish']},'jti':'t1','iat':%d,'exp':%d%s}"
        .formatted(app, from, to, more);
  }

  private static String claimed(String claims) {
    return signed(HEADER.formatted(APP.keyName()), claims, APP);
  }

  private static String with(String kid, String more) {
    return "{'alg':'HS256','typ':'JWT','kid':'" + kid + "'," + more + "}";
  }

  private static String unsigned(String header, String claims) {
    return base64(header.replace('\'', '"')) + "." + base64(claims.replace('\'', '"')) + ".";
  }

  private static String signed(String header, String claims, TestApp by) {
    String unsigned = unsigned(header, claims);
    String input = unsigned.substring(0, unsigned.length() - 1);
    String secret = by.key().substring(by.key().indexOf(':') + 1);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return unsigned
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
