package io.tidegate.e2e.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Later;
import io.tidegate.e2e.rest.Outcome.Acked;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.webhook.Customer.Mood;
import io.tidegate.e2e.webhook.Customer.Taken;
import io.tidegate.redis.RedisProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A backend that fails seven calls of ten, is down for a while, is slow, and is given another
 * secret, gets every event, in order per channel, though the node that sends to it is killed; and
 * all the while a healthy one beside it is told within seconds. {@code
 * -Dtidegate.webhook.events=2000 -Dtidegate.webhook.down=60} is the full size.
 */
@ProcessTest
final class NoEventIsLostIT {
  private static final int EVENTS = Integer.getInteger("tidegate.webhook.events", 320);

  /** At least so long; and until the healthy backend has been told everything. */
  private static final Duration DOWN =
      Duration.ofSeconds(Integer.getInteger("tidegate.webhook.down", 0));

  private static final List<String> CHANNELS =
      IntStream.range(0, 40).mapToObj(i -> "orders:" + i).toList();

  private static final List<Mood> TEN =
      List.of(
          Mood.TAKE,
          Mood.TAKE,
          Mood.TAKE_SLOWLY,
          Mood.TAKE_AND_BREAK_OFF,
          Mood.BREAK_OFF,
          Mood.BREAK_OFF,
          Mood.REFUSE,
          Mood.REFUSE,
          Mood.REFUSE,
          Mood.REFUSE);

  private static final int OF_EACH = EVENTS / CHANNELS.size();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Of what is promised to be seconds; a busy machine takes its time. */
  private static final Duration WITHIN_SECONDS = Duration.ofMinutes(2);

  private final List<GatewayProcess> nodes = new ArrayList<>();
  private final Customer troubled = new Customer();
  private final Customer healthy = new Customer();

  /** When each message was published, by channel and number. */
  private final Map<String, Long> published = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init")
  private OwnPostgres postgres;

  @SuppressWarnings("NullAway.Init")
  private RedisProcess redis;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    postgres = OwnPostgres.start("webhooks");
    redis = RedisProcess.start();
    Map<String, String> environment = new HashMap<>(postgres.environment());
    environment.put("TIDEGATE_REDIS_URL", redis.url());
    environment.put("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");
    CompletableFuture<GatewayProcess> second =
        CompletableFuture.supplyAsync(() -> GatewayProcess.start("webhooks-b", environment));
    nodes.add(GatewayProcess.start("webhooks-a", environment));
    nodes.add(second.join());
    app = TestApp.create(nodes.getFirst(), "Webhooks");
    app.namespace("orders", "{'pattern':'orders:*','durability':'durable'}");
  }

  @AfterAll
  void stop() {
    nodes.forEach(GatewayProcess::close);
    redis.close();
    postgres.close();
    troubled.close();
    healthy.close();
  }

  private Hook webhook(Customer customer) {
    Hook made = Hook.create(app, customer.url(), ",'pattern':'orders:*'");
    customer.know(made.secret());
    return made;
  }

  /**
   * Of each ten calls seven fail, in one of three ways, and one of the others is slow. The first is
   * taken: who comes back can be found to be back.
   */
  private static Supplier<Mood> failing() {
    Random random = new Random(70);
    Queue<Mood> next = new ArrayDeque<>(List.of(Mood.TAKE));
    return () -> {
      synchronized (next) {
        if (next.isEmpty()) {
          List<Mood> ten = new ArrayList<>(TEN);
          Collections.shuffle(ten, random);
          next.addAll(ten);
        }
        return next.remove();
      }
    };
  }

  @Test
  void inOrderWhateverItsBackendAndTheNodesDo() throws Exception {
    Hook hook = webhook(troubled);
    webhook(healthy);
    awaitBothNodesKnow();
    Map<String, GatewayProcess> names = names();

    troubled.behave(failing());
    publish(1, OF_EACH / 4);
    await().atMost(PATIENCE).until(() -> troubled.count(CHANNELS) > 0);

    goDown();
    troubled.know(hook.rotate(3_600));

    int some = troubled.count(CHANNELS) + EVENTS / 10;
    Supplier<Mood> failing = failing();
    troubled.behave(() -> troubled.count(CHANNELS) < some ? failing.get() : Mood.HOLD);
    publish(OF_EACH / 2 + 1, OF_EACH * 3 / 4);
    await().atMost(PATIENCE).until(() -> troubled.held() > 0);
    GatewayProcess killed = killSender(hook.id(), names);
    int atTheKill = troubled.count(CHANNELS);
    troubled.behave(failing());
    publish(OF_EACH * 3 / 4 + 1, OF_EACH);

    await().atMost(PATIENCE).until(() -> healthy.count(CHANNELS) == EVENTS);
    await().atMost(PATIENCE).until(() -> troubled.count(CHANNELS) == EVENTS);
    assertThat(killed.isAlive()).isFalse();
    assertThat(atTheKill).as("in the middle").isLessThan(EVENTS * 3 / 4);
    troubled.assertHasInOrder(CHANNELS, OF_EACH);
    healthy.assertHasInOrder(CHANNELS, OF_EACH);
    assertThat(troubled.calls()).as("of which most failed").isGreaterThan(EVENTS * 2);
    assertThat(healthy.unknown()).isZero();
    assertTold();
  }

  /** By this, what both nodes publish is queued for both webhooks. */
  private void awaitBothNodesKnow() {
    for (GatewayProcess node : nodes) {
      String channel = "orders:known-" + nodes.indexOf(node);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                app.at(node).publisher().accepted(channel, "{\"data\":{\"n\":0}}");
                return Stream.of(troubled, healthy).noneMatch(one -> one.of(channel).isEmpty());
              });
    }
  }

  /** The healthy backend is told everything meanwhile. */
  private void goDown() throws Exception {
    troubled.behave(() -> Mood.BREAK_OFF);
    long begun = System.nanoTime();
    publish(OF_EACH / 4 + 1, OF_EACH / 2);
    await()
        .atMost(PATIENCE)
        .until(() -> healthy.count(CHANNELS) == CHANNELS.size() * (OF_EACH / 2));
    await().atMost(DOWN.plus(PATIENCE)).until(() -> System.nanoTime() - begun >= DOWN.toNanos());
  }

  /** The nodes by what they call themselves: connection ids begin with it. */
  private Map<String, GatewayProcess> names() {
    Map<String, GatewayProcess> names = new HashMap<>();
    for (GatewayProcess node : nodes) {
      try (WebSocketClient client = WebSocketClient.open(node, Credential.key(app.key()))) {
        names.put(client.connectionId().substring(0, 6), node);
      }
    }
    return names;
  }

  /** SIGKILL to whichever node sends to the webhook now. */
  private GatewayProcess killSender(String id, Map<String, GatewayProcess> names)
      throws SQLException {
    String question =
        "SELECT owner FROM webhook_leases WHERE owner IS NOT NULL AND until > now()"
            + " AND webhook_id = '%s'".formatted(id);
    String owner =
        await()
            .atMost(PATIENCE)
            .until(() -> postgres.ask(question), one -> !one.isEmpty())
            .getFirst();
    GatewayProcess sender = Objects.requireNonNull(names.get(owner), owner);
    sender.kill9();
    return sender;
  }

  /** Numbers of each channel, in order, by both nodes while both are there. */
  private void publish(int from, int to) throws Exception {
    try (ExecutorService publishers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (String channel : CHANNELS) {
        all.add(
            publishers.submit(
                () -> IntStream.rangeClosed(from, to).forEach(n -> publish(channel, n))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private void publish(String channel, int number) {
    long begun = System.nanoTime();
    published.put(channel + " " + number, begun);
    String body = Json.json("{'id':'n-%d','data':{'n':%d}}", number, number);
    for (int i = number; ; i++) {
      TestApp at = app.at(nodes.get(i % nodes.size()));
      if (at.publisher().publish(channel, body) instanceof Acked) {
        return;
      }
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
      Later.pause();
    }
  }

  private void assertTold() {
    List<Long> millis = new ArrayList<>();
    for (String channel : CHANNELS) {
      for (Taken one : healthy.of(channel)) {
        long at = Objects.requireNonNull(published.get(channel + " " + one.number()));
        millis.add((one.at() - at) / 1_000_000);
      }
    }
    millis.sort(null);
    System.out.printf(
        Locale.ROOT,
        "Webhooks: the healthy backend was told after %d ms (p50), %d ms (p99), %d ms at most%n",
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 99 / 100),
        millis.getLast());
    assertThat(millis.getLast()).isLessThan(WITHIN_SECONDS.toMillis());
  }
}
