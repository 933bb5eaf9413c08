package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FaultHandlerTest {
  private final HttpRequest<?> request =
      HttpRequest.GET("/v1/channels").header("X-Request-Id", "trace-0001");

  @Test
  void faultTellsNothingButWhereToAsk() {
    HttpResponse<?> answer =
        new FaultHandler().handle(request, new IllegalStateException("password=hunter2"));

    assertThat(answer.code()).isEqualTo(500);
    assertThat(body(answer))
        .contains("\"code\":50000", "\"requestId\":\"trace-0001\"")
        .doesNotContain("hunter2", "IllegalState");
  }

  @Test
  void refusalFoundOnAnotherThreadIsStillARefusal() {
    RefusedException away = new RefusedException(Refusal.STORE_UNAVAILABLE, "away");

    HttpResponse<?> answer = new FaultHandler().handle(request, new CompletionException(away));

    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.getHeaders().get("Retry-After")).isEqualTo("1");
    assertThat(body(answer)).contains("\"code\":50303");
  }

  @Test
  void clientThatWentAwayIsNoFaultOfOurs() {
    HttpResponse<?> answer = new FaultHandler().handle(request, new EOFException("cut"));

    assertThat(answer.code()).isEqualTo(400);
    assertThat(body(answer)).contains("\"code\":40000").doesNotContain("cut");
  }

  private static String body(HttpResponse<?> answer) {
    return new String(answer.getBody(byte[].class).orElseThrow(), StandardCharsets.UTF_8);
  }
}
