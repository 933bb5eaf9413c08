package io.tidegate.e2e.webhook;

import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.redis.RedisProcess;
import io.tidegate.webhook.standing.ToldEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 1,000 random joins and leaves on three nodes, of which one is killed with -9 in the middle: of
 * each channel, member and connection a webhook is told of beginnings and ends in turns, and in the
 * end of what is there.
 */
@ProcessTest
final class StandingsOfAKilledNodeIT {
  private static final int STEPS = 1_000;
  private static final int CHANNELS = 60;
  private static final int CLIENTS_OF_A_NODE = 5;
  private static final int STEP_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<GatewayProcess> nodes = new ArrayList<>();
  private final Random random = new Random(11);

  @SuppressWarnings("NullAway.Init")
  private OwnPostgres postgres;

  @SuppressWarnings("NullAway.Init")
  private RedisProcess redis;

  private final Backend backend = Backend.thatTakesAll();

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @SuppressWarnings("NullAway.Init")
  private Outbox outbox;

  /** A client, and where it is. */
  private static final class Guest {
    private final WebSocketClient client;
    private final int node;
    private final Set<String> subscribed = new HashSet<>();
    private final Set<String> entered = new HashSet<>();

    Guest(WebSocketClient client, int node) {
      this.client = client;
      this.node = node;
    }
  }

  @BeforeAll
  void start() {
    postgres = OwnPostgres.start("standings");
    redis = RedisProcess.start();
    Map<String, String> environment = new HashMap<>(postgres.environment());
    environment.put("TIDEGATE_REDIS_URL", redis.url());
    environment.put("TIDEGATE_NEWCOMERS_PER_ADDRESS", "0");
    environment.put("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");
    nodes.add(GatewayProcess.start("standings-a", environment));
    CompletableFuture<GatewayProcess> third =
        CompletableFuture.supplyAsync(() -> GatewayProcess.start("standings-c", environment));
    nodes.add(GatewayProcess.start("standings-b", environment));
    nodes.add(third.join());
    app = TestApp.create(nodes.get(1), "A node is killed");
    Hook hook = Hook.create(app, backend.url(), ",'batch':{'maxEvents':50}");
    hook.change(
        "{'events':['channel.occupied','channel.vacated','member.added','member.removed',"
            + "'connection.opened','connection.closed']}");
    outbox = Outbox.of(postgres, UUID.fromString(hook.id()));
  }

  @AfterAll
  void stop() {
    nodes.forEach(GatewayProcess::close);
    backend.close();
    redis.close();
    postgres.close();
  }

  @Test
  void beginningsAndEndsTakeTurns() throws InterruptedException {
    List<Guest> guests = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      Audience audience = new Audience(app.at(nodes.get(node)));
      for (int i = 0; i < CLIENTS_OF_A_NODE; i++) {
        guests.add(new Guest(audience.client("guest-" + node + "-" + i), node));
      }
    }
    try {
      for (int step = 0; step < STEPS; step++) {
        if (step == STEPS / 2) {
          nodes.getFirst().kill9();
          guests.removeIf(StandingsOfAKilledNodeIT::isOfTheFirst);
        }
        step(guests);
        Thread.sleep(random.nextInt(2 * STEP_MILLIS));
      }
      for (Guest guest : guests) {
        guest.client.ping();
      }

      Set<String> truth = truth(guests);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(() -> assertThat(standing(outbox.told())).isEqualTo(truth));
      ToldEvents told = outbox.told();
      told.assertAlternate();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ToldEvents.of(backend.taken()).count())
                      .isEqualTo(outbox.told().count()));
      ToldEvents arrived = ToldEvents.of(backend.taken());
      arrived.assertAlternate();
      assertThat(standing(arrived)).isEqualTo(truth);
      assertThat(told.count()).isGreaterThan(STEPS / 4);
      System.out.printf("Standings of a killed node: %d events%n", told.count());
    } finally {
      guests.forEach(guest -> guest.client.close());
    }
  }

  private static boolean isOfTheFirst(Guest guest) {
    if (guest.node == 0) {
      guest.client.close();
    }
    return guest.node == 0;
  }

  /** Somebody joins where perhaps somebody is, or leaves. */
  private void step(List<Guest> guests) {
    String channel = "room:" + random.nextInt(CHANNELS);
    Guest guest =
        guests.stream()
            .filter(one -> one.subscribed.contains(channel) || one.entered.contains(channel))
            .findFirst()
            .filter(one -> random.nextInt(3) > 0)
            .orElseGet(() -> guests.get(random.nextInt(guests.size())));
    if (guest.subscribed.contains(channel)) {
      leave(guest, channel);
    } else if (guest.entered.contains(channel)) {
      Audience.act(guest.client, "leave", channel, "");
      guest.entered.remove(channel);
    } else if (random.nextBoolean()) {
      Audience.act(guest.client, "enter", channel, "1");
      guest.entered.add(channel);
    } else {
      guest.client.subscribe(channel);
      guest
          .client
          .frames()
          .await(
              "subscribed to " + channel,
              frame -> frame.path("channel").asText().equals(channel) && isSubscribed(frame));
      guest.subscribed.add(channel);
    }
  }

  private static boolean isSubscribed(JsonNode frame) {
    return frame.path("type").asText().equals("subscribed");
  }

  /** Who unsubscribes is present there no more. */
  private void leave(Guest guest, String channel) {
    String id = "u" + guest.client.frames().all().size();
    guest.client.send(
        "{\"type\":\"unsubscribe\",\"id\":%s,\"channel\":%s}".formatted(quote(id), quote(channel)));
    guest.client.frames().await("reply", frame -> frame.path("id").asText().equals(id));
    guest.subscribed.remove(channel);
    guest.entered.remove(channel);
  }

  private static Set<String> truth(List<Guest> guests) {
    Set<String> truth = new TreeSet<>();
    for (Guest guest : guests) {
      String id = guest.client.connectionId();
      truth.add("connection  " + id);
      guest.subscribed.forEach(channel -> truth.add("channel " + channel + " "));
      guest.entered.forEach(channel -> truth.add("member " + channel + " " + id));
    }
    return truth;
  }

  private static Set<String> standing(ToldEvents told) {
    Set<String> standing = new TreeSet<>();
    for (String fact : told.facts()) {
      if (told.standing(fact) != null) {
        standing.add(fact);
      }
    }
    return standing;
  }
}
