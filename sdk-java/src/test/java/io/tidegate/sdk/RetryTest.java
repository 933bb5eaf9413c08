package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.control.Control;
import io.tidegate.sdk.gateway.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be tried again is, when it may be and as it was; what may not is not. */
class RetryTest {
  private static final String DONE =
      "{\"channel\":\"a\",\"epoch\":\"e\",\"messages\":[{\"id\":\"1\",\"seq\":7}]}";

  private ScriptedServer server;
  private Tidegate tidegate;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    tidegate =
        Tidegate.builder()
            .url(server.url())
            .key("1.k:secret")
            .timeout(Duration.ofSeconds(60))
            .build();
  }

  @AfterEach
  void end() throws IOException {
    tidegate.close();
    server.close();
  }

  @Test
  void anUnknownOutcomeIsAskedAgainWithTheSameIds() {
    server.answer(504, "", problem(50400, "")).cut().answer(201, "", DONE);
    assertThat(tidegate.channel("a").publish("n", 1).position()).isEqualTo(new Position("e", 7));
    List<String> bodies = server.requests().stream().map(ScriptedServer.Request::body).toList();
    assertThat(bodies).hasSize(3);
    assertThat(bodies.get(0)).contains("\"id\":");
    assertThat(bodies).containsOnly(bodies.get(0));
  }

  @Test
  void retryAfterIsObeyed() {
    server
        .answer(429, "Retry-After: 9\r\n", problem(42910, ",\"retryAfterMs\":300"))
        .answer(201, "", DONE);
    tidegate.channel("a").publish("n", 1);
    List<ScriptedServer.Request> requests = server.requests();
    assertThat(requests.get(1).atNanos() - requests.get(0).atNanos())
        .isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void aWaitBeyondTheTimeLimitIsTheCallersToTake() {
    server.answer(
        503, "Retry-After: 3600\r\nX-Request-Id: r1\r\n", "<html>a proxy's own page</html>");
    assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
        .isInstanceOfSatisfying(
            TidegateException.class,
            e -> {
              assertThat(e.status()).isEqualTo(503);
              assertThat(e.code()).isEqualTo(50300);
              assertThat(e.retryAfter()).contains(Duration.ofHours(1));
              assertThat(e.requestId()).contains("r1");
            });
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRefusalForGoodIsNotRepeated() {
    server.answer(403, "", problem(40301, ""));
    assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
        .isInstanceOfSatisfying(
            TidegateException.class, e -> assertThat(e.code()).isEqualTo(40301));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatIsMadeIsMadeOnceByItsIdempotencyKey() {
    server
        .cut()
        .answer(409, "", problem(40905, ""))
        .answer(
            201,
            "",
            "{\"id\":\"t\",\"name\":\"Acme\",\"limits\":{},\"createdAt\":\"2026-05-04T09:30:00.000Z\","
                + "\"updatedAt\":\"2026-05-04T09:30:00.000Z\",\"later\":\"ignored\"}");
    try (Control control = Control.of(server.url(), "tgo_x")) {
      assertThat(control.tenants().create(Map.of("name", "Acme")).id()).isEqualTo("t");
    }
    List<String> keys =
        server.requests().stream()
            .map(request -> request.head().replaceAll("(?is).*idempotency-key: ([^\n]+).*", "$1"))
            .distinct()
            .toList();
    assertThat(server.requests()).hasSize(3);
    assertThat(keys).hasSize(1);
  }

  @Test
  void oneRefusedPartOfABatchIsSentAgainAlone() {
    String busy = "{\"channel\":\"b\",\"error\":" + problem(50305, ",\"retryAfterMs\":1") + "}";
    String b = DONE.replace("\"a\"", "\"b\"");
    server
        .answer(200, "", "{\"results\":[" + DONE + "," + busy + "]}")
        .answer(200, "", "{\"results\":[" + b + "]}");
    List<BatchResult> results =
        tidegate.publish(List.of(new BatchItem(List.of("a", "b"), List.of(OutgoingMessage.of(1)))));
    assertThat(results).extracting(BatchResult::channel).containsExactly("a", "b");
    assertThat(results).allSatisfy(result -> assertThat(result.published()).isPresent());
    assertThat(server.requests().get(1).body()).contains("[\"b\"]").doesNotContain("\"a\"");
  }

  @Test
  void anAnswerThatBreaksTheContractSaysSo() {
    server.answer(201, "", "{\"channel\":");
    assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
        .isInstanceOfSatisfying(
            TidegateException.class,
            e -> assertThat(e.is(TidegateException.Local.ODD_ANSWER)).isTrue());
  }

  @Test
  void aFullQueueRefusesAtOnce() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      // Not closed: it would wait for answers that never come.
      Tidegate lingering =
          Tidegate.builder()
              .url("http://127.0.0.1:" + silent.getLocalPort())
              .key("1.k:secret")
              .timeout(Duration.ofMinutes(10))
              .linger(Duration.ofMillis(1))
              .publishQueue(2)
              .build();
      Channel channel = lingering.channel("a");
      CompletableFuture<Published> first = channel.publishAsync("n", 1);
      channel.publishAsync("n", 2);
      assertThatThrownBy(() -> channel.publish("n", 3))
          .isInstanceOfSatisfying(
              TidegateException.class,
              e -> assertThat(e.is(TidegateException.Local.QUEUE_FULL)).isTrue());
      assertThat(first).isNotDone();
    }
  }

  private static String problem(int code, String more) {
    return "{\"type\":\"/docs/errors#x\",\"title\":\"T\",\"status\":"
        + code / 100
        + ",\"code\":"
        + code
        + ",\"detail\":\"d\",\"requestId\":\"r\""
        + more
        + "}";
  }
}
