package io.tidegate.rest;

import static io.tidegate.rest.RefusalsOverHttpTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {
  private static final String CAP = "{\"capabilities\":{\"*\":[\"subscribe\"]}}";
  private static final String ALLOWED = "https://chat.acme.example";

  @SuppressWarnings("NullAway.Init")
  private RestServer server;

  @BeforeAll
  void start() {
    server = new RestServer("cross_origin");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/tickets",
        "/v1/channels/chat%3Aa/messages",
        "/v1/messages",
        "/v1/sse",
        "/v1/poll"
      })
  void preflightIsAnsweredForAnyOrigin(String path) {
    HttpResponse<String> answer =
        server.send(
            "OPTIONS",
            path,
            null,
            "Origin",
            "https://anyone.example",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://anyone.example");
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(answer, "Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
    assertThat(header(answer, "Vary")).contains("Origin");
  }

  @Test
  void pageOfTheAppReadsItsAnswer() {
    HttpResponse<String> answer =
        server.send("POST", "/v1/tokens", CAP, "Authorization", server.key(), "Origin", ALLOWED);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("X-Request-Id", "Retry-After", "Link", "RateLimit");
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void anyOtherPageIsRefusedAndReadsNothing() {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/v1/tokens",
            CAP,
            "Authorization",
            server.key(),
            "Origin",
            "https://evil.example");

    assertProblem(answer, 403, 40304);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void pageReadsWhyItsTokenWasRefused() {
    HttpResponse<String> answer =
        server.send("POST", "/v1/tickets", null, "Authorization", "Bearer x", "Origin", ALLOWED);

    assertProblem(answer, 401, 40144);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
  }

  @Test
  void controlPlaneAnswersNoOtherOrigin() {
    HttpResponse<String> preflight =
        server.send(
            "OPTIONS",
            "/v1/tenants",
            null,
            "Origin",
            ALLOWED,
            "Access-Control-Request-Method",
            "POST");
    HttpResponse<String> answer = server.send("GET", "/v1/nowhere", null, "Origin", ALLOWED);

    assertThat(preflight.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(header(preflight, "Access-Control-Allow-Origin")).isEmpty();
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
