package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Frames.Position;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.gateway.CommandRun;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.History;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code restored}, after a copy of the folder of data was put back: messages that were
 * acknowledged after the copy are gone, and others take their seqs, but never their positions.
 */
@ProcessTest
final class RestoredCopyBeginsNewEpochsIT {
  private static final String CHANNEL = "room:1";

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.start("restored");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void clientsAreToldAndGetNoOtherMessageUnderAnOldPosition() {
    TestApp app = TestApp.create(gateway, "Restored");
    app.namespace("room", "{'pattern':'room:*','durability':'durable'}");
    Observations observations = new Observations();
    List<Client> clients = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      Client client = transport.open(app, CHANNEL);
      Watch watch = observations.watch(transport.name(), client.frames());
      clients.add(client);
      watches.add(watch);
    }
    app.publisher().numbers(CHANNEL, 5);
    clients.forEach(client -> client.frames().awaitSeq(CHANNEL, 5));
    Client stayedBehind = Transport.WEBSOCKET.open(app, CHANNEL);
    stayedBehind.cut();

    gateway.terminate();
    clients.forEach(RestoredCopyBeginsNewEpochsIT::awaitEnd);
    gateway.backUp();
    gateway.restart();
    clients.forEach(Client::reconnect);
    app.publisher().numbers(CHANNEL, 4);
    clients.forEach(client -> client.frames().awaitSeq(CHANNEL, 9));
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).isEmpty());
    String lost = epoch(clients.getFirst());

    gateway.terminate();
    clients.forEach(RestoredCopyBeginsNewEpochsIT::awaitEnd);
    gateway.putBack();
    CommandRun check = gateway.command("check-config", Map.of());
    assertThat(check.exit()).as(check.output()).isZero();
    CommandRun restored = gateway.command("restored", Map.of());
    assertThat(restored.output())
        .startsWith("every durable channel begins a new epoch")
        .hasLineCount(1);
    assertThat(restored.exit()).isZero();
    assertThat(gateway.database().isAlive()).as("the database goes with the command").isFalse();
    gateway.restart();
    // Its position is beyond the head for the first one, for the others other messages have it.
    app.publisher().numbers(CHANNEL, 3);
    clients.getFirst().reconnect();
    app.publisher().numbers(CHANNEL, 4);
    clients.subList(1, clients.size()).forEach(Client::reconnect);
    stayedBehind.reconnect();
    app.publisher().numbers(CHANNEL, 2);

    List<History.Kept> kept = app.history(CHANNEL).forward(100);
    assertThat(kept).extracting(History.Kept::seq).containsExactly(seqs(1, 14));
    observations.positions(CHANNEL, kept);
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).frames().awaitSeq(CHANNEL, 14);
      // `subscribed` says that it did not resume; a discontinuity may say from where.
      assertThat(watches.get(i).jumps()).isNotEmpty();
      assertThat(watches.get(i).jumps().getFirst().path("resumed").asBoolean(true)).isFalse();
      assertThat(epoch(clients.get(i))).isNotEqualTo(lost);
      clients.get(i).close();
    }
    stayedBehind.frames().awaitSeq(CHANNEL, 14);
    assertThat(stayedBehind.frames().messages(CHANNEL)).hasSize(9);
    stayedBehind.close();
    assertThat(observations.faults()).isEmpty();
  }

  /** It goes on behind the last frame that came: one that was still read would come twice. */
  private static void awaitEnd(Client client) {
    Awaitility.await("it is out").atMost(Duration.ofMinutes(1)).until(() -> !client.isOpen());
  }

  private static Long[] seqs(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
  }

  private static String epoch(Client client) {
    Position position = Objects.requireNonNull(client.frames().position(CHANNEL));
    return position.epoch();
  }
}
