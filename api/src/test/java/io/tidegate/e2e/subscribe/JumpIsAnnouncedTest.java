package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Frames.Position;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WireTest
final class JumpIsAnnouncedTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Jumps");

  @ParameterizedTest
  @EnumSource
  void whenTheWindowHasMovedOn(Transport transport) {
    app.namespace("short", "{'pattern':'short:*','window':{'messages':5}}");
    String channel = "short:" + transport;
    try (Client client = transport.open(app, channel)) {
      app.publisher().numbers(channel, 4);
      client.frames().awaitSeq(channel, 4);
      client.cut();
      app.publisher().numbers(channel, 20);
      client.reconnect();
      client.frames().awaitSeq(channel, 24);

      JsonNode jump = client.frames().await("discontinuity");
      assertThat(jump.path("reason").asText()).isEqualTo("retention");
      assertThat(jump.path("from").path("seq").asInt()).isEqualTo(4);
      assertThat(jump.path("seq").asInt()).isEqualTo(19);
      assertThat(jump.path("missed").asInt()).isEqualTo(15);
      assertThat(client.frames().ofType("subscribed").getLast().path("resumed").asBoolean())
          .isFalse();
      assertThat(client.frames().numbers(channel)).containsExactly(1, 2, 3, 4, 16, 17, 18, 19, 20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenTheChannelIsDeleted(Transport transport) {
    app.namespace("kept", "{'pattern':'kept:*','durability':'durable'}");
    String channel = "kept:" + transport;
    try (Client client = transport.open(app, channel)) {
      app.publisher().numbers(channel, 3);
      client.frames().awaitSeq(channel, 3);
      Position before = positionIn(client, channel);
      app.rest().delete("/v1/channels/" + Rest.encode(channel)).expect(204);
      JsonNode jump = client.frames().await("discontinuity");

      // Between two polls nobody is there: the next one is told that its epoch is over.
      assertThat(jump.path("reason").asText())
          .isIn("deleted", transport == Transport.POLL ? "epoch" : "deleted");
      assertThat(jump.path("from").path("epoch").asText()).isEqualTo(before.epoch());
      assertThat(jump.path("epoch").asText()).isNotEqualTo(before.epoch());
      assertThat(app.history(channel).forward(10)).isEmpty();
      app.publisher().numbers(channel, 1);
      client.frames().awaitSeq(channel, 4);
      assertThat(client.frames().numbers(channel)).containsExactly(1, 2, 3, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenTheChannelWasDeletedMeanwhile(Transport transport) {
    app.namespace("gone", "{'pattern':'gone:*','durability':'durable'}");
    String channel = "gone:" + transport;
    try (Client client = transport.open(app, channel)) {
      app.publisher().numbers(channel, 3);
      client.frames().awaitSeq(channel, 3);
      client.cut();
      app.publisher().numbers(channel, 2);
      app.rest().delete("/v1/channels/" + Rest.encode(channel)).expect(204);
      app.publisher().numbers(channel, 1);
      client.reconnect();

      client.frames().await("discontinuity");
      app.publisher().numbers(channel, 1);
      client.frames().awaitSeq(channel, 7);
      assertThat(client.frames().ofType("subscribed").getLast().path("resumed").asBoolean())
          .isFalse();
    }
  }

  /** From window to durable, in flight: 10 s later a new epoch, and nothing lost on the way. */
  @Test
  void whenTheDurabilityChanges() {
    String channel = "rules:moving";
    app.namespace("rules", "{'pattern':'rules:*'}");
    Observations observations = new Observations();
    List<Client> clients = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      Client client = transport.open(app, channel);
      Watch watch = observations.watch(transport.name(), client.frames());
      clients.add(client);
      watches.add(watch);
    }
    app.publisher().numbers(channel, 3);
    JsonNode pending = app.namespace("rules", "{'pattern':'rules:*','durability':'durable'}");
    assertThat(pending.path("effectiveAt").asText()).isNotEmpty();
    app.publisher().numbers(channel, 2);

    for (Client client : clients) {
      JsonNode jump = client.frames().await("discontinuity");
      assertThat(jump.path("reason").asText()).isEqualTo("rules");
      assertThat(jump.path("missed").asInt()).isZero();
    }
    app.publisher().numbers(channel, 4);
    for (Client client : clients) {
      client.frames().awaitSeq(channel, 9);
      assertThat(client.frames().numbers(channel)).containsExactly(1, 2, 3, 1, 2, 1, 2, 3, 4);
      client.close();
    }
    assertThat(app.channel(channel).path("durability").asText()).isEqualTo("durable");
    // On a machine that stood still for 10 s the two before came after the change, too.
    assertThat(app.history(channel).forward(10)).hasSizeBetween(4, 6);
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).hasSize(1));
    assertThat(observations.faults()).isEmpty();
  }

  private static Position positionIn(Client client, String channel) {
    Position position = client.frames().position(channel);
    assertThat(position).isNotNull();
    return java.util.Objects.requireNonNull(position);
  }
}
