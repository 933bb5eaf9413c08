package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other rules give channels that are live on two nodes another store, once. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AChannelMovesOnceTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TwoNodes nodes = TwoNodes.start("moves_once");
  private final TestApp first = TestApp.create(nodes.first(), "A channel moves");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({"window,durable", "durable,window"})
  void everySubscriberIsToldOnceAndNothingIsLostThatFollows(String from, String to) {
    String channel = from + ":room";
    first.namespace(from, "{'pattern':'" + from + ":*','durability':'" + from + "'}");
    await().atMost(PATIENCE).until(() -> is(second, channel, from));
    try (Client here = Transport.WEBSOCKET.open(first, channel);
        Client there = Transport.SSE.open(second, channel)) {
      first.publisher().numbers(channel, 3);
      second.publisher().numbers(channel, 3);
      first.namespace(from, "{'pattern':'" + from + ":*','durability':'" + to + "'}");
      for (Client client : List.of(here, there)) {
        client.frames().await("the new rules", PATIENCE, frame -> isJump(frame));
      }
      for (TestApp node : List.of(first, second)) {
        await().atMost(PATIENCE).until(() -> is(node, channel, to));
      }
      first.publisher().numbers(channel, 10);
      second.publisher().numbers(channel, 10);
      for (Client client : List.of(here, there)) {
        client.frames().awaitSeq(channel, 26);
        assertThat(client.frames().numbers(channel)).hasSize(26);
        assertThat(client.frames().ofType("discontinuity")).hasSize(1);
      }
      assertThat(second.history(channel).forward(100)).hasSize(20);
    }
  }

  private static boolean is(TestApp app, String channel, String durability) {
    return app.channel(channel).path("durability").asText().equals(durability);
  }

  private static boolean isJump(JsonNode frame) {
    return frame.path("type").asText().equals("discontinuity");
  }
}
