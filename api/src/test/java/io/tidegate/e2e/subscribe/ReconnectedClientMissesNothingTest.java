package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@WireTest
final class ReconnectedClientMissesNothingTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Reconnects");

  @BeforeAll
  void rules() {
    app.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    app.namespace("window", "{'pattern':'window:*'}");
    app.namespace("none", "{'pattern':'none:*','durability':'none'}");
  }

  static Stream<Arguments> keptOnEveryTransport() {
    return Stream.of(Transport.values())
        .flatMap(
            transport -> Stream.of("durable", "window").map(name -> Arguments.of(transport, name)));
  }

  @ParameterizedTest
  @MethodSource("keptOnEveryTransport")
  void whatWasPublishedMeanwhileComesFirst(Transport transport, String kept) {
    String channel = kept + ":" + transport;
    Observations observations = new Observations();
    try (Client client = transport.open(app, channel)) {
      Watch watch = observations.watch(transport.name(), client.frames());
      for (int round = 1; round <= 3; round++) {
        app.publisher().numbers(channel, 40);
        client.frames().awaitSeq(channel, 80 * round - 40);
        client.cut();
        app.publisher().numbers(channel, 40);
        client.reconnect();
        client.frames().awaitSeq(channel, 80 * round);
      }

      assertThat(client.frames().numbers(channel)).isEqualTo(sixTimes(40));
      assertThat(watch.jumps()).isEmpty();
      observations.history(channel, app.history(channel).forward(100));
      assertThat(observations.faults()).isEmpty();
    }
  }

  private static List<Integer> sixTimes(int count) {
    return IntStream.range(0, 6 * count).mapToObj(i -> i % count + 1).toList();
  }

  @ParameterizedTest
  @EnumSource
  void severalChannelsGoOnEachFromItsOwnPlace(Transport transport) {
    String one = "durable:one-" + transport;
    String two = "window:two-" + transport;
    try (Client client = transport.open(app, one, two)) {
      app.publisher().numbers(one, 3);
      client.frames().awaitSeq(one, 3);
      client.cut();
      app.publisher().numbers(one, 2);
      app.publisher().numbers(two, 2);
      client.reconnect();
      client.frames().awaitSeq(one, 5);
      client.frames().awaitSeq(two, 2);

      assertThat(client.frames().numbers(one)).containsExactly(1, 2, 3, 1, 2);
      assertThat(client.frames().numbers(two)).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "POLL") // see whatIsMissedBetweenPollsIsAnnounced
  void nothingKeptMeansAnAnnouncedJump(Transport transport) {
    String channel = "none:" + transport;
    try (Client client = transport.open(app, channel)) {
      app.publisher().numbers(channel, 3);
      client.frames().awaitSeq(channel, 3);
      client.cut();
      app.publisher().numbers(channel, 4);
      client.reconnect();
      JsonNode jump = client.frames().await("discontinuity");

      assertThat(jump.path("reason").asText()).isEqualTo("retention");
      assertThat(jump.path("missed").asInt()).isEqualTo(4);
      assertThat(jump.path("from").path("seq").asInt()).isEqualTo(3);
      app.publisher().numbers(channel, 1);
      client.frames().awaitSeq(channel, 8);
      assertThat(client.frames().numbers(channel)).containsExactly(1, 2, 3, 1);
    }
  }

  /** Between two polls nobody may be listening: whatever that loses, the next poll says so. */
  @Test
  void whatIsMissedBetweenPollsIsAnnounced() {
    String channel = "none:polls";
    Observations observations = new Observations();
    try (Client client = Transport.POLL.open(app, channel)) {
      Watch watch = observations.watch("poll", client.frames());
      for (int i = 0; i < 60; i++) {
        app.publisher().numbers(channel, 1);
      }
      client.cut();
      app.publisher().numbers(channel, 4);
      client.reconnect();
      client.frames().awaitSeq(channel, 64);

      assertThat(watch.jumps()).isNotEmpty();
      long announced = watch.jumps().stream().mapToLong(jump -> jump.path("missed").asLong()).sum();
      assertThat(watch.messages(channel).size() + announced).isEqualTo(64);
      assertThat(observations.faults()).isEmpty();
    }
  }

  @Test
  void positionNobodyKnowsIsToldApart() {
    String channel = "durable:positions";
    app.publisher().numbers(channel, 5);
    String epoch = app.channel(channel).path("epoch").asText();

    assertThat(subscribedAt(channel, epoch, 2)).isEqualTo(List.of("2", "true", ""));
    assertThat(subscribedAt(channel, epoch, 5)).isEqualTo(List.of("5", "true", ""));
    assertThat(subscribedAt(channel, epoch, 7)).isEqualTo(List.of("5", "false", "ahead"));
    assertThat(subscribedAt(channel, "bygone", 2)).isEqualTo(List.of("5", "false", "epoch"));
  }

  /** Where a subscription begins: seq, resumed, reason. */
  private List<String> subscribedAt(String channel, String epoch, long seq) {
    Credential key = Credential.key(app.key());
    try (WebSocketClient client = WebSocketClient.open(app.target(), key)) {
      client.subscribe(channel, new Frames.Position(epoch, seq));
      JsonNode answer = client.frames().await("subscribed");
      return List.of(
          answer.path("seq").asText(),
          answer.path("resumed").asText(),
          answer.path("reason").asText());
    }
  }
}
