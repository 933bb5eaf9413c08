package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGTERM: clients are told to move, nothing acknowledged is lost, the process ends in time. */
@ProcessTest
final class DrainLosesNothingIT {
  private static final int CLIENTS = 15;
  private static final int COMING = 8;

  /** 128 + SIGTERM: what a JVM says whose shutdown hooks have all run. */
  private static final int ENDED_BY_SIGTERM = 143;

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.start("drain");
    app = TestApp.create(gateway, "Drain");
    app.namespace("storm", "{'pattern':'storm:*','durability':'durable'}");
    app.namespace("room", "{'pattern':'room:*','durability':'durable'}");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void everyConnectionIsToldToMoveAndGoesOnAfterwards() {
    Observations observations = new Observations();
    List<Client> clients = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Transport transport = i % 3 == 0 ? Transport.SSE : Transport.WEBSOCKET;
      Client client = transport.open(app, "room:1");
      Watch watch = observations.watch(transport + " " + i, client.frames());
      clients.add(client);
      watches.add(watch);
    }
    app.publisher().numbers("room:1", 50);
    long asked = System.nanoTime();
    int exitCode = gateway.terminate();
    long tookSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked);

    assertThat(exitCode).isIn(0, ENDED_BY_SIGTERM);
    assertThat(tookSeconds).isLessThanOrEqualTo(30);
    clients.forEach(DrainLosesNothingIT::assertToldToMove);
    gateway.restart();
    clients.forEach(Client::reconnect);
    app.publisher().numbers("room:1", 50);
    for (Client client : clients) {
      client.frames().awaitSeq("room:1", 100);
      client.close();
    }
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).isEmpty());
    observations.history("room:1", app.history("room:1").forward(100));
    assertThat(observations.faults()).isEmpty();
  }

  @Test
  void publishesInFlightAreKeptOrRefused() {
    try (Storm storm = Storm.begin(app, "drain")) {
      storm.awaitSettled(1_500);
      gateway.terminate();
      gateway.restart();
      storm.awaitSettled(Storm.PUBLISHES);

      storm.assertKept();
    }
  }

  /** What they are told is held against the contract, as everything is. */
  @Test
  void whoComesUntilTheEndIsAnsweredInKind() throws Exception {
    AtomicIntegerArray answered = new AtomicIntegerArray(COMING);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService coming = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < COMING; i++) {
        int one = i;
        coming.submit(() -> comeUntil(over, () -> answered.incrementAndGet(one)));
      }
      Awaitility.await("each has come")
          .atMost(Duration.ofMinutes(1))
          .until(() -> IntStream.range(0, COMING).allMatch(one -> answered.get(one) > 0));
      gateway.terminate();
      over.set(true);
    }
    gateway.restart();

    assertThat(gateway.output()).doesNotContain("NoSuchBean", "Cannot resolve beans");
  }

  /** Opens streams one by one, each on a connection of its own; says which were answered. */
  private void comeUntil(AtomicBoolean over, Runnable answered) {
    while (!over.get()) {
      try {
        SseClient.open(gateway, Credential.key(app.key()), "room:2").close();
        answered.run();
      } catch (RefusedByGateway refused) {
        answered.run();
      } catch (UncheckedIOException down) {
        // Nobody listens any more.
      }
    }
  }

  private static void assertToldToMove(Client client) {
    assertThat(client.frames().await("reconnect").path("afterMs").isInt()).isTrue();
    if (client instanceof WebSocketClient socket) {
      assertThat(socket.closeCode()).isEqualTo(4200);
    } else if (client instanceof SseClient stream) {
      stream.awaitEnd();
    }
    Awaitility.await("closed").atMost(Duration.ofMinutes(1)).until(() -> !client.isOpen());
  }
}
