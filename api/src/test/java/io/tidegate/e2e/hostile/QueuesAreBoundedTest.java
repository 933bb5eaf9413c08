package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.Steadfast;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.problem.Refusal;
import io.tidegate.session.Queues;
import io.tidegate.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Many clients stop reading: what waits for all of them keeps to the node's one bound. */
@WireTest
final class QueuesAreBoundedTest {
  /** What waits for them would be twice the bound and more, 64 kB for each. */
  private static final int STALLED = 40;

  /** Far more than both kernels hold for one connection. */
  private static final int MESSAGES = 100;

  private static final String TEXT = "x".repeat(32_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestGateway gateway =
      TestGateway.start("queues", Map.of("TIDEGATE_QUEUED_MB", "1"));

  private final Door door = new Door(gateway.gateway().port(), false);
  private final TestApp app = TestApp.create(door, "Queues");
  private final Sessions sessions = gateway.bean(Sessions.class);
  private final Queues queues = sessions.queues();
  private final Observations observations = new Observations();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void largestAreShedNobodyComesInAndAllGoOnAfterwards() throws Exception {
    app.namespace("big", "{'pattern':'big:*','durability':'durable'}");
    List<WebSocketClient> stalled = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    WebSocketClient quick = open();
    try (Steadfast kept = new Steadfast(quick)) {
      watches.add(watch("quick", quick));
      for (int i = 0; i < STALLED; i++) {
        WebSocketClient client = open();
        watches.add(watch("stalled " + i, client));
        stalled.add(client);
      }
      stalled.forEach(WebSocketClient::stopReading);
      Set<Integer> refusals = ConcurrentHashMap.newKeySet();
      AtomicBoolean over = new AtomicBoolean();
      Thread others = Thread.ofVirtual().start(() -> comeIn(over, refusals));
      for (int i = 0; i < MESSAGES; i++) {
        app.publisher().accepted("big:1", "{\"data\":\"" + TEXT + "\"}");
      }

      quick.frames().awaitSeq("big:1", MESSAGES);
      Awaitility.await("some are shed").atMost(PATIENCE).until(() -> shed() > 0);
      Awaitility.await("nobody comes in")
          .atMost(PATIENCE)
          .until(() -> refusals.contains(Refusal.OVERLOADED.code()));
      Awaitility.await("within the bound")
          .atMost(PATIENCE)
          .until(() -> queues.bytes() <= queues.bound());
      over.set(true);
      others.join();
      Awaitility.await("the stalled ones have gone")
          .atMost(PATIENCE)
          .until(() -> queues.bytes() <= queues.bound() / 2);
      assertThat(refusals).containsExactly(Refusal.OVERLOADED.code());

      for (WebSocketClient client : stalled) {
        client.readOn();
        assertThat(client.closeCode()).isIn(1006, 4108, 4112);
        reconnect(client);
        client.frames().awaitSeq("big:1", MESSAGES);
        client.close();
      }
    }
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).isEmpty());
    assertThat(observations.faults()).isEmpty();
    Awaitility.await("nothing waits").atMost(PATIENCE).until(() -> queues.bytes() == 0);
  }

  private long shed() {
    var ends = sessions.ends().get(Refusal.SHED);
    return ends == null ? 0 : ends.sum();
  }

  /** One after the other comes and goes. */
  private void comeIn(AtomicBoolean over, Set<Integer> refusals) {
    while (!over.get()) {
      try (WebSocketClient client = WebSocketClient.open(door, Credential.key(app.key()))) {
        client.frames().await("connected");
      } catch (RefusedByGateway refused) {
        refusals.add(refused.code());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** As soon as it is let in. */
  private static void reconnect(WebSocketClient client) {
    Awaitility.await("let in again")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(RefusedByGateway.class)
        .until(
            () -> {
              client.reconnect();
              return true;
            });
  }

  private WebSocketClient open() {
    WebSocketClient client = WebSocketClient.open(door, Credential.key(app.key()));
    client.subscribe("big:1");
    client.frames().await("subscribed");
    return client;
  }

  private Watch watch(String who, WebSocketClient client) {
    Watch watch = observations.watch(who);
    client.frames().all().forEach(watch);
    client.frames().listen(watch);
    return watch;
  }
}
