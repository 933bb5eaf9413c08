package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Outcome;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis is killed, and comes back with nothing; the nodes and their clients live through it. */
@WireTest
final class RedisIsLostTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String DURABLE = "durable:lost";
  private static final String WINDOW = "window:lost";
  private static final String NONE = "none:lost";
  private static final int TICKET_SPENT = 40147;

  private final TwoNodes nodes = TwoNodes.start("redis_lost");
  private final TestApp first = TestApp.create(nodes.first(), "Redis is lost");
  private final TestApp second = first.at(nodes.second());

  @BeforeAll
  void rules() {
    first.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    first.namespace("none", "{'pattern':'none:*','durability':'none'}");
    // Until then a durable channel may still lie in Redis, or have to be looked for there.
    nodes.awaitRulesInEffect(first);
  }

  @AfterAll
  void close() {
    nodes.close();
  }

  @Test
  void durableGoesOnTheOthersSaySoAndNobodyIsCutOff() {
    try (Client there = Transport.WEBSOCKET.open(second, DURABLE, WINDOW, NONE)) {
      for (String channel : List.of(DURABLE, WINDOW, NONE)) {
        first.publisher().numbers(channel, 3);
        there.frames().awaitSeq(channel, 3);
      }
      nodes.redis().kill();
      for (TestApp node : List.of(first, second)) {
        for (String channel : List.of(WINDOW, NONE)) {
          awaitRefusal(node, channel);
        }
      }
      first.publisher().numbers(DURABLE, 5);
      there.frames().awaitSeq(DURABLE, 8);
      aNewClientFindsDurableChannels();
      aTicketIsGoodOnce();
      nodes.redis().restart();
      awaitAccepted(first, WINDOW);
      awaitAccepted(second, NONE);
      there.frames().await("the window's end", PATIENCE, frame -> isJump(frame, WINDOW));
      there.frames().await("the counter's end", PATIENCE, frame -> isJump(frame, NONE));
      first.publisher().numbers(DURABLE, 2);
      there.frames().awaitSeq(DURABLE, 10);
      assertThat(there.isOpen()).isTrue();
      assertThat(there.frames().ofType("connected")).hasSize(1);
      assertThat(there.frames().ofType("discontinuity"))
          .noneMatch(frame -> frame.path("channel").asText().equals(DURABLE));
      assertThat(there.frames().numbers(DURABLE)).containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 1, 2);
      windowsAreCarriedAgain(there);
    }
  }

  /** In its new epoch, from the node that has been told nothing else. */
  private void windowsAreCarriedAgain(Client there) {
    long before = there.frames().numbers(WINDOW).size();
    first.publisher().numbers(WINDOW, 20);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<Integer> got = there.frames().numbers(WINDOW);
              assertThat(got.size()).isGreaterThanOrEqualTo(20);
              assertThat(got.subList(got.size() - 20, got.size()))
                  .isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
            });
    assertThat(before).isGreaterThanOrEqualTo(3);
  }

  private void aNewClientFindsDurableChannels() {
    try (Client late = Transport.SSE.open(second, DURABLE)) {
      assertThat(late.frames().position(DURABLE)).isNotNull();
    }
  }

  private void aTicketIsGoodOnce() {
    Credential ticket =
        Credential.ticket(first.ticket(first.token("c", "{'durable:*':['subscribe']}")));
    try (WebSocketClient here = WebSocketClient.open(first.target(), ticket);
        WebSocketClient there = WebSocketClient.open(second.target(), ticket)) {
      here.frames().await("connected");
      assertThat(there.frames().await("error").path("code").asInt()).isEqualTo(TICKET_SPENT);
    }
  }

  /** At first it may be unknown whether a publish was taken. */
  private static void awaitRefusal(TestApp app, String channel) {
    String path = "/v1/channels/" + Rest.encode(channel) + "/messages";
    Answer refused =
        await(channel)
            .atMost(PATIENCE)
            .until(() -> app.rest().post(path, "{\"data\":0}"), answer -> answer.status() == 503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.json().path("retryAfterMs").asLong()).isPositive();
  }

  private static void awaitAccepted(TestApp app, String channel) {
    await(channel)
        .atMost(PATIENCE)
        .until(() -> app.publisher().publish(channel, "{\"data\":0}") instanceof Outcome.Acked);
  }

  private static boolean isJump(JsonNode frame, String channel) {
    return frame.path("type").asText().equals("discontinuity")
        && frame.path("channel").asText().equals(channel);
  }
}
