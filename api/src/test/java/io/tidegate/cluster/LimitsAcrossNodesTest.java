package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A tenant's limits are those of all nodes together. */
@WireTest
final class LimitsAcrossNodesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ROOM = "/v1/channels/room/messages";
  private static final String ONE = "{\"data\":1}";

  private final TwoNodes nodes = TwoNodes.start("limits_nodes");

  @AfterAll
  void close() {
    nodes.close();
  }

  private List<TestApp> both(String name, String limits) {
    TestApp app = TestApp.create(nodes.first(), name).limits(limits);
    return List.of(app, app.at(nodes.second()));
  }

  /**
   * A node that Redis does not answer within half a second decides by its even part: on a busy
   * machine that may cost half a burst more, as {@code LimitsOverNodesTest} says, or lose what is
   * in hand.
   */
  @Test
  void publishesAreCountedOnceWhicheverNodeTakesThem() {
    List<TestApp> app = both("Rate", "{'publishesPerSecond':1,'publishBurst':20}");
    long began = System.nanoTime();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      answers.add(app.get(i % 2).rest().patiently("POST", ROOM, ONE));
    }
    long seconds = (System.nanoTime() - began) / 1_000_000_000 + 1;
    assertThat(answers).extracting(Answer::status).containsOnly(201, 429);
    assertThat(answers.stream().filter(one -> one.status() == 201).count())
        .as("by themselves they would have let in 40")
        .isBetween(10L, 36 + seconds);
    Answer refused = answers.stream().filter(one -> one.status() == 429).findFirst().orElseThrow();
    assertThat(refused.code()).isEqualTo(42910);
    assertThat(refused.json().path("retryAfterMs").asLong()).isPositive();
    assertThat(refused.headers().firstValue("RateLimit-Policy"))
        .hasValue("\"publishes\";q=20;w=20");
    assertThat(refused.headers().firstValue("RateLimit")).isPresent();
  }

  @Test
  void connectionsAreCountedOnAllNodes() {
    List<TestApp> app = both("Connections", "{'connections':4}");
    List<WebSocketClient> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(patiently(app.get(i % 2)));
    }
    for (TestApp one : app) {
      awaitFull(one);
    }
    open.removeFirst().close();
    open.add(patiently(app.get(1)));
    assertThat(open).allMatch(WebSocketClient::isOpen);
    open.forEach(WebSocketClient::close);
  }

  /** What the other node has let in since this one counted last is told, and takes its place. */
  @Test
  void channelsAreCountedOnAllNodes() {
    List<TestApp> app = both("Channels", "{'channels':40}");
    app.get(0).namespace("log", "{'pattern':'log:*','durability':'durable'}");
    nodes.awaitToldToSecond();
    assertThat(opened(app.get(1), "first")).isTrue();
    for (int i = 0; i < 38; i++) {
      String there = "there" + i;
      // Again if Redis does not answer for a moment: its even part is less.
      await().atMost(PATIENCE).until(() -> opened(app.get(0), there));
    }
    AtomicInteger here = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !opened(app.get(1), "here" + here.getAndIncrement()));
    assertThat(here).as("by itself it would have let in 38 more").hasValueLessThan(30);
  }

  private static boolean opened(TestApp app, String name) {
    Answer answer = app.rest().post("/v1/channels/log:" + name + "/messages", ONE);
    assertThat(answer.status()).isIn(201, 429);
    return answer.status() == 201;
  }

  @Test
  void aChangedLimitHoldsOnTheOtherNodeWithoutAnybodyBeingCutOff() {
    List<TestApp> app = both("Changed", "{'connections':2}");
    TestApp elsewhere = app.get(1);
    WebSocketClient one = patiently(elsewhere);
    WebSocketClient two = patiently(elsewhere);
    awaitFull(elsewhere);
    app.get(0).limits("{'connections':3}");
    WebSocketClient three = patiently(elsewhere);
    app.get(0).limits("{'connections':1}");
    three.close();
    awaitFull(elsewhere);
    one.ping();
    two.ping();
    one.close();
    two.close();
  }

  @Test
  void aConnectionThatResumesOnTheOtherNodeFindsItsPlaceAgain() {
    List<TestApp> app = both("Moves", "{'connections':1}");
    WebSocketClient first = patiently(app.get(0));
    String key = first.connectionKey();
    first.cut();
    try (WebSocketClient again =
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () ->
                    WebSocketClient.open(
                        app.get(1).target(),
                        Credential.key(app.get(1).key()),
                        "resume=" + Rest.encode(key)),
                WebSocketClient::isOpen)) {
      again.ping();
    }
  }

  @Test
  void aKeysRequestsAreCountedOnAllNodes() {
    List<TestApp> app = both("Requests", "{'requestsPerSecondPerKey':20}");
    long began = System.nanoTime();
    int passed = 0;
    for (int i = 0; i < 120; i++) {
      Rest rest = new Rest(app.get(i % 2).target(), Credential.key(app.get(i % 2).key()));
      passed += rest.patiently("GET", "/v1/connections", null).status() == 200 ? 1 : 0;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) passed).isBetween(20.0, 20 + 20 * (seconds + 1));
  }

  /** On a busy machine Redis may not answer for a moment, and the node decides by itself. */
  private static WebSocketClient patiently(TestApp app) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> socket(app), WebSocketClient::isOpen);
  }

  private static void awaitFull(TestApp app) {
    await().atMost(PATIENCE).until(() -> refusal(app) == 42901);
  }

  /** What one more connection is refused with; 0 when it is not. */
  private static int refusal(TestApp app) {
    RefusedByGateway refused =
        catchThrowableOfType(RefusedByGateway.class, () -> socket(app).close());
    return refused == null ? 0 : refused.code();
  }

  private static WebSocketClient socket(TestApp app) {
    return WebSocketClient.open(app.target(), Credential.key(app.key()));
  }
}
