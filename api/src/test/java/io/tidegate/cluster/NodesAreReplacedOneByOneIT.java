package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.Storm;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGTERM of one node while the other goes on: its clients move there, and miss nothing. */
@ProcessTest
final class NodesAreReplacedOneByOneIT {
  private static final int CLIENTS = 15;
  private static final long SSE_MILLIS = 500;
  private static final String DURABLE = "room:1";
  private static final String WINDOW = "window:1";

  @SuppressWarnings("NullAway.Init")
  private TwoProcesses nodes;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    nodes = TwoProcesses.start("replaced");
    app = TestApp.create(nodes.balancer(), "Replaced");
    app.namespace("storm", "{'pattern':'storm:*','durability':'durable'}");
    app.namespace("room", "{'pattern':'room:*','durability':'durable'}");
    // Until new rules are in effect everywhere a channel may move by them, and a node that has not
    // read them yet refuses what another one has begun by them.
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                nodes
                    .ask("SELECT count(*) FROM namespace_changes WHERE app_id = " + app.id())
                    .equals(List.of("0")));
    app.at(nodes.first()).publisher().numbers("room:known", 1);
    app.at(nodes.second()).publisher().numbers("room:known", 1);
  }

  @AfterAll
  void stop() {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void nodesThatStartTogetherMigrateOnce() throws SQLException {
    List<String> versions =
        nodes.ask("SELECT version FROM flyway_schema_history WHERE success AND version <> ''");

    assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
    assertThat(nodes.ask("SELECT version FROM flyway_schema_history WHERE NOT success")).isEmpty();
  }

  @Test
  void clientsOfANodeThatGoesDownMoveToTheOtherAndMissNothing() {
    TestApp first = app.at(nodes.first());
    TestApp second = app.at(nodes.second());
    Observations observations = new Observations();
    List<Client> clients = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    nodes.balancer().takeOut(nodes.second());
    for (int i = 0; i < CLIENTS; i++) {
      Transport transport = i % 3 == 0 ? Transport.SSE : Transport.WEBSOCKET;
      Client client = transport.open(app, DURABLE, WINDOW);
      watches.add(observations.watch(transport + " " + i, client.frames()));
      clients.add(client);
    }
    nodes.balancer().putIn(nodes.second());
    try (Storm storm = Storm.begin(app, "drain")) {
      storm.awaitSettled(500);
      publish(first, second);
      nodes.first().terminate();
      nodes.balancer().takeOut(nodes.first());
      assertToldToMove(clients);
      publish(second, second);
      clients.forEach(Client::reconnect);
      publish(second, second);
      for (Client client : clients) {
        client.frames().awaitSeq(DURABLE, 150);
        client.frames().awaitSeq(WINDOW, 150);
        client.close();
      }
      nodes.first().restart();
      nodes.balancer().putIn(nodes.first());
      storm.awaitSettled(Storm.PUBLISHES);
      storm.assertKept();
    }
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).isEmpty());
    observations.history(DURABLE, app.history(DURABLE).forward(200));
    observations.history(WINDOW, app.history(WINDOW).forward(200));
    assertThat(observations.faults()).isEmpty();
  }

  private static void publish(TestApp one, TestApp other) {
    for (String channel : List.of(DURABLE, WINDOW)) {
      one.publisher().numbers(channel, 25);
      other.publisher().numbers(channel, 25);
    }
  }

  private static void assertToldToMove(List<Client> clients) {
    Set<Integer> delays = new HashSet<>();
    for (Client client : clients) {
      JsonNode told = client.frames().await("reconnect");
      assertThat(told.path("afterMs").isInt()).isTrue();
      delays.add(told.path("afterMs").asInt());
      if (client instanceof WebSocketClient socket) {
        assertThat(socket.closeCode()).isEqualTo(4200);
      } else if (client instanceof SseClient stream) {
        stream.awaitEnd();
        // A browser keeps to it at each try from now on, so there is a least.
        assertThat(stream.retryMillis())
            .isEqualTo(Math.max(SSE_MILLIS, told.path("afterMs").asLong()));
      }
    }
    assertThat(delays).as("not all at the same moment").hasSizeGreaterThan(1);
  }

  @Test
  void aRollingRestartUnderLoadLosesNothing() {
    try (Storm one = Storm.begin(app, "roll-1")) {
      one.awaitSettled(500);
      nodes.roll(nodes.first());
      try (Storm other = Storm.begin(app, "roll-2")) {
        other.awaitSettled(500);
        nodes.roll(nodes.second());
        one.awaitSettled(Storm.PUBLISHES);
        other.awaitSettled(Storm.PUBLISHES);
        // Whichever nodes they were at, both have been restarted.
        assertThat(one.reconnects()).isGreaterThanOrEqualTo(2);
        one.assertKept();
        other.assertKept();
      }
    }
  }
}
