package io.tidegate.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.logging.Captured;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Traces of requests, as a collector gets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TracesTest {
  private static final String PUBLISH = "POST /v1/channels/{channel:[^/]+}/messages";

  private final Collector collector = Collector.start();
  private final TracedGateway gateway = TracedGateway.start("traces", collector.endpoint());

  @AfterAll
  void close() {
    gateway.close();
    collector.close();
  }

  @Test
  void durablePublishIsOneTraceFromRequestToCommitToFirstWrite() {
    Caller caller = Caller.make();
    try (WebSocketClient subscriber = subscribe("kept")) {
      gateway.publish("kept", "{'data':1}".replace('\'', '"'), "traceparent", caller.sampled());
      subscriber.frames().await("message");
    }
    CollectedSpan written = collector.await(caller.traceId(), "fan-out");
    CollectedSpan committed = collector.await(caller.traceId(), "commit");
    CollectedSpan request = collector.await(caller.traceId(), PUBLISH);

    assertThat(request.parentId()).isEqualTo(caller.spanId());
    assertThat(request.isServer()).isTrue();
    assertThat(request.facts())
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.response.status_code", "201")
        .containsEntry("tidegate.app", gateway.app().id())
        .containsEntry("tidegate.key", gateway.app().keyName());
    assertThat(committed.parentId()).isEqualTo(request.id());
    assertThat(committed.facts())
        .containsEntry("tidegate.durability", "durable")
        .containsEntry("tidegate.unit.messages", "1")
        .containsEntry("tidegate.batch.messages", "1");
    assertThat(committed.events()).containsExactly("taken into a batch");
    assertThat(written.parentId()).isEqualTo(request.id());
    assertThat(committed.begun()).isBetween(request.begun(), committed.ended());
    assertThat(written.begun()).isBetween(committed.ended(), written.ended());
    assertThat(collector.ofTrace(caller.traceId())).hasSize(3);
  }

  @Test
  void windowPublishIsTracedToItsFirstWriteToo() {
    Caller caller = Caller.make();
    String one = "{\"data\":1}";
    try (SseClient subscriber =
        SseClient.open(gateway.target(), Credential.key(gateway.app().key()), "room")) {
      subscriber.frames().await("subscribed");
      gateway.publish("room", "[" + one + "," + one + "]", "traceparent", caller.sampled());
      subscriber.frames().await("message", 2);
    }
    collector.await(caller.traceId(), "fan-out");
    assertThat(collector.await(caller.traceId(), "commit").facts())
        .containsEntry("tidegate.durability", "window")
        .containsEntry("tidegate.unit.messages", "2");
    collector.await(caller.traceId(), PUBLISH);
    assertThat(collector.ofTrace(caller.traceId())).hasSize(3);
  }

  @Test
  void everyChannelOfABatchIsAPartOfItsTrace() {
    Caller caller = Caller.make();
    String body = "{\"items\":[{\"channels\":[\"b1\",\"b2\"],\"messages\":[{\"data\":1}]}]}";
    Credential key = Credential.key(gateway.app().key());
    gateway.send("POST", "/v1/messages", key, body, "traceparent", caller.sampled());

    CollectedSpan request = collector.await(caller.traceId(), "POST /v1/messages");
    Awaitility.await().until(() -> collector.ofTrace(caller.traceId()).size() >= 3);
    assertThat(collector.ofTrace(caller.traceId()))
        .filteredOn(span -> span.name().equals("commit"))
        .hasSize(2)
        .allMatch(span -> span.parentId().equals(request.id()));
    // Nobody listens, so nothing is written.
    assertThat(collector.ofTrace(caller.traceId())).hasSize(3);
  }

  @Test
  void publishOverWebSocketBelongsToTheTraceOfItsOpening() {
    Caller caller = Caller.make();
    try (TracedSocket socket = TracedSocket.open(gateway, caller.sampled())) {
      socket.send("{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"talk\"}");
      socket.await("\"subscribed\"");
      socket.send(
          "{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"talk\",\"messages\":[{\"data\":1}]}");
      socket.await("\"message\"");
      socket.send(
          "{\"type\":\"publish\",\"id\":\"q\",\"channel\":\"talk\",\"messages\":[{\"dat\":1}]}");
      socket.await("\"error\"");
    }
    CollectedSpan published = collector.await(caller.traceId(), span -> isPublish(span, ""));
    CollectedSpan refused = collector.await(caller.traceId(), span -> isPublish(span, "40002"));
    CollectedSpan written = collector.await(caller.traceId(), "fan-out");
    assertThat(List.of(published, refused))
        .allMatch(CollectedSpan::isServer)
        .allMatch(span -> span.parentId().equals(caller.spanId()))
        .allMatch(span -> span.fact("tidegate.protocol").equals("websocket"));
    assertThat(refused.isError()).isFalse();
    assertThat(written.parentId()).isEqualTo(published.id());
  }

  @Test
  void controlPlaneIsTracedByRouteWithoutWhatThePathHeld() {
    Caller caller = Caller.make();
    Credential operator = Credential.bearer(gateway.target().operatorToken());
    String path = "/v1/tenants/" + gateway.app().tenantId();
    gateway.send("GET", path + "?x=1", operator, "", "traceparent", caller.sampled());
    gateway.send("GET", path, operator, "", "traceparent", caller.sampled());

    CollectedSpan read =
        collector.await(
            caller.traceId(), span -> span.fact("http.response.status_code").equals("200"));
    assertThat(read.name()).startsWith("GET /v1/tenants/{");
    assertThat(read.facts()).containsKeys("tidegate.request", "tidegate.actor");
    assertThat(read.facts().values()).noneMatch(fact -> fact.contains(gateway.app().tenantId()));
  }

  @Test
  void refusedPublishSaysWhereItEnded() {
    gateway.publish("kept", "{\"id\":\"twice\",\"data\":1}");
    Caller caller = Caller.make();
    gateway.publish("kept", "{\"id\":\"twice\",\"data\":2}", "traceparent", caller.sampled());

    CollectedSpan commit = collector.await(caller.traceId(), "commit");
    assertThat(commit.isError()).isTrue();
    assertThat(commit.fact("error.type")).startsWith("409");
    assertThat(collector.await(caller.traceId(), PUBLISH).isError()).isFalse();
  }

  @Test
  void callerThatIsNotSampledGetsNoSpan() {
    Caller unsampled = Caller.make();
    gateway.publish("kept", "{\"data\":1}", "traceparent", unsampled.unsampled());
    awaitLater();
    assertThat(collector.ofTrace(unsampled.traceId())).isEmpty();
  }

  @Test
  void malformedOrDoubledTraceparentIsIgnored() {
    Caller caller = Caller.make();
    Caller other = Caller.make();
    String good = caller.sampled();
    for (String bad : List.of(good.toUpperCase(), good + "-x", "ff" + good.substring(2), "?")) {
      assertThat(gateway.publish("kept", "{\"data\":1}", "traceparent", bad).statusCode())
          .isEqualTo(201);
    }
    String[] twice = {"traceparent", good, "traceparent", other.sampled()};
    assertThat(gateway.publish("kept", "{\"data\":1}", twice).statusCode()).isEqualTo(201);
    awaitLater();
    assertThat(collector.ofTrace(caller.traceId())).isEmpty();
    assertThat(collector.ofTrace(other.traceId())).isEmpty();
  }

  @Test
  void subscribersAndHistorySeeNothingOfATrace() {
    Caller caller = Caller.make();
    try (WebSocketClient subscriber = subscribe("seen")) {
      gateway.publish("seen", "{\"data\":1}", "traceparent", caller.sampled());
      subscriber.frames().await("message");
      assertThat(subscriber.frames().toString()).doesNotContain(caller.traceId(), "traceparent");
    }
    HttpResponse<String> history =
        gateway.send("GET", "/v1/channels/seen/messages", Credential.key(gateway.app().key()), "");
    assertThat(history.body())
        .contains("\"data\":1")
        .doesNotContain(caller.traceId(), "traceparent");
  }

  @Test
  void noChannelClientPayloadOrFreeTextLeaves() {
    Caller caller = Caller.make();
    String[] headers = {
      "traceparent",
      caller.sampled(),
      "tracestate",
      "x=zqCanaryState",
      "baggage",
      "x=zqCanaryBaggage"
    };
    gateway.publish(
        "zqCanaryChannel",
        "{\"name\":\"zqCanaryName\",\"clientId\":\"zqCanaryClient\",\"data\":\"zqCanaryData\"}",
        headers);
    assertThat(collector.await(caller.traceId(), PUBLISH).state()).isEmpty();
    assertThat(collector.bytes()).doesNotContain("zqCanary");
  }

  @Test
  void accessLogNamesTheTrace() {
    Caller caller = Caller.make();
    try (Captured captured = Captured.begin()) {
      gateway.publish("kept", "{\"data\":1}", "traceparent", caller.sampled());
      Awaitility.await()
          .until(
              () ->
                  captured.plainLines().stream().anyMatch(line -> line.contains(caller.traceId())));
    }
  }

  @Test
  void collectorIsToldWhoSends() {
    awaitLater();
    assertThat(collector.requests())
        .allSatisfy(
            request ->
                assertThat(request.getResourceSpans(0).getResource().toString())
                    .contains("service.name", "tidegate", "service.instance.id"));
  }

  private static boolean isPublish(CollectedSpan span, String refusal) {
    return span.name().equals("publish") && span.fact("tidegate.refusal").equals(refusal);
  }

  /** Until a trace that began after everything so far is there: so would an earlier one be. */
  private void awaitLater() {
    Caller later = Caller.make();
    gateway.publish("kept", "{\"data\":1}", "traceparent", later.sampled());
    collector.await(later.traceId(), PUBLISH);
  }

  private WebSocketClient subscribe(String channel) {
    WebSocketClient client =
        WebSocketClient.open(gateway.target(), Credential.key(gateway.app().key()));
    client.subscribe(channel);
    client.frames().await("subscribed");
    return client;
  }
}
