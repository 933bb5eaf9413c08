package io.tidegate.e2e.presence;

import static io.tidegate.e2e.presence.Audience.enter;
import static io.tidegate.e2e.presence.Audience.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.check.Crowding;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of one node of three with 1,000 members: all observers of the others agree within 15 s,
 * nobody who is gone is seen again, and who came back in time was never away. {@code
 * -Dtidegate.ghosts=60} looks on until a minute after the kill.
 */
@ProcessTest
final class MembersOfAKilledNodeIT {
  private static final int MEMBERS = 1_000;
  private static final String ROOM = "room:main";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Until then no ghost comes back, in seconds after the kill; longer than any lease is held. */
  private static final int WATCHED_SECONDS = Integer.getInteger("tidegate.ghosts", 17);

  /** What is promised, on a machine that is not overloaded. */
  private static final double PROMISED_SECONDS = 15;

  /** Where work takes so many times longer than it would alone, cores are others'. */
  private static final double OVERLOADED = 1.5;

  /** A dead node's lease, which no load makes longer; the rest is work. */
  private static final double LEASE_SECONDS = 12;

  private final List<GatewayProcess> nodes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private OwnPostgres postgres;

  @SuppressWarnings("NullAway.Init")
  private RedisProcess redis;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    postgres = OwnPostgres.start("killed-node");
    redis = RedisProcess.start();
    Map<String, String> environment = new HashMap<>(postgres.environment());
    environment.put("TIDEGATE_REDIS_URL", redis.url());
    environment.put("TIDEGATE_NEWCOMERS_PER_ADDRESS", "0");
    nodes.add(GatewayProcess.start("killed-node-a", environment));
    CompletableFuture<GatewayProcess> third =
        CompletableFuture.supplyAsync(() -> GatewayProcess.start("killed-node-c", environment));
    nodes.add(GatewayProcess.start("killed-node-b", environment));
    nodes.add(third.join());
    app = TestApp.create(nodes.get(1), "A node is killed");
    app.namespace("room", "{'pattern':'room:*','presence':{'maxMembers':10000}}");
  }

  @AfterAll
  void stop() {
    nodes.forEach(GatewayProcess::close);
    redis.close();
    postgres.close();
  }

  private Audience at(int node) {
    return new Audience(app.at(nodes.get(node)));
  }

  private List<Client> observers() {
    List<Client> all = new ArrayList<>();
    for (int node = 1; node < nodes.size(); node++) {
      all.add(at(node).observer(ROOM));
      Credential key = Credential.key(app.key());
      all.add(SseClient.withPresence(nodes.get(node), key, ROOM));
    }
    return all;
  }

  @Test
  void allObserversAgreeAndWhoCameBackWasNeverAway() {
    List<Client> observers = observers();
    try (WebSocketClient stays = at(1).client("stays");
        WebSocketClient back = at(0).client("back");
        Crowd crowd = Crowd.enter(app.at(nodes.getFirst()), ROOM, "gone", MEMBERS)) {
      enter(stays, ROOM);
      enter(back, ROOM);
      Awaitility.await("everybody is seen")
          .atMost(PATIENCE)
          .until(() -> observers.stream().allMatch(one -> seen(one, ROOM).size() == MEMBERS + 2));

      nodes.getFirst().kill9();
      long killed = System.nanoTime();
      try (Crowding others = Crowding.watch();
          WebSocketClient again = at(1).resumed("back", back.connectionKey())) {
        assertThat(again.connectionId()).isEqualTo(back.connectionId());
        Set<String> left = new TreeSet<>(List.of("back", "stays"));
        Awaitility.await("all observers agree")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> observers.stream().allMatch(one -> seen(one, ROOM).keySet().equals(left)));
        double took = seconds(killed);
        double crowding = others.factor();
        System.out.printf(
            Locale.ROOT,
            "Members of a killed node: all agreed after %.1f s; work took %.2f times as long as"
                + " alone%n",
            took,
            crowding);
        assertThat(took).as("s, crowding %s", crowding).isLessThan(within(crowding));
        Awaitility.await("no ghosts")
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(250))
            .until(
                () -> {
                  for (int node = 1; node < nodes.size(); node++) {
                    assertThat(at(node).listed(ROOM, 1_000)).containsExactly("back", "stays");
                  }
                  observers.forEach(one -> assertThat(seen(one, ROOM).keySet()).isEqualTo(left));
                  return seconds(killed) > WATCHED_SECONDS;
                });
        again.ping();
        for (Client one : observers) {
          assertThat(told(one, "leave", "back")).isZero();
          assertThat(told(one, "enter", "back")).isOne();
          assertThat(told(one, "leave", "stays")).isZero();
          assertThat(told(one, "leave", "gone-0")).isOne();
        }
      }
    } finally {
      observers.forEach(Client::close);
    }
  }

  private static long told(Client observer, String action, String clientId) {
    return observer.frames().ofType("presence").stream()
        .filter(frame -> frame.path("action").asText().equals(action))
        .filter(frame -> frame.path("members").findValuesAsText("clientId").contains(clientId))
        .count();
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  private static double within(double crowding) {
    return crowding < OVERLOADED
        ? PROMISED_SECONDS
        : LEASE_SECONDS + (PROMISED_SECONDS - LEASE_SECONDS) * crowding;
  }
}
