package io.tidegate.webhook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Published;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisProcess;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.webhook.store.WebhookFixture;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages that a broker numbers are told in its order: two nodes over one Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowMessagesAreToldTest {
  private static final String DATABASE = "window_told";
  private static final URI URL = URI.create("https://a.example");
  private static final Duration MINUTES = Duration.ofMinutes(2);

  @SuppressWarnings("NullAway.Init")
  private RedisProcess redis;

  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  @SuppressWarnings("NullAway.Init")
  private TellingNode one;

  @SuppressWarnings("NullAway.Init")
  private TellingNode two;

  @BeforeAll
  void start() {
    redis = RedisProcess.start();
    fixture = new WebhookFixture(DATABASE);
    one = new TellingNode(fixture, redis);
    two = new TellingNode(fixture, redis);
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    fixture.close();
    redis.close();
  }

  private AppEntry app() {
    AppEntry app = fixture.app();
    one.knows(app);
    two.knows(app);
    return app;
  }

  private Ledger webhook(AppEntry app, @Nullable String pattern) {
    UUID id = fixture.make(app.appId(), URL, pattern, 1).webhook().id();
    return new Ledger(DATABASE, id);
  }

  private static Published get(CompletionStage<Published> answer) {
    return answer.toCompletableFuture().join();
  }

  /** On a machine that is busy a publisher may be answered before: then it is found later. */
  private void awaitTold(Ledger ledger, String channel, String... ids) {
    await()
        .atMost(MINUTES)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .untilAsserted(
            () -> {
              one.sweep.step();
              two.sweep.step();
              assertThat(ledger.told(channel)).containsExactly(ids);
            });
  }

  /** Until it has found what there is to be found. */
  private static void awaitSwept(TellingNode node, Ledger ledger, String channel, String... ids) {
    await()
        .atMost(MINUTES)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .untilAsserted(
            () -> {
              node.sweep.step();
              assertThat(ledger.told(channel)).containsExactly(ids);
            });
  }

  @Test
  void anEventHasTheMessageAsSubscribersSeeIt() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    Published published = get(one.publish(TellingNode.channel(app, "room"), "a"));
    awaitTold(ledger, "room", "a");
    JsonNode data = ledger.of("room").getFirst();
    assertThat(data.path("channel").asText()).isEqualTo("room");
    assertThat(data.path("message").path("id").asText()).isEqualTo("a");
    assertThat(data.path("message").path("data").asText()).isEqualTo("a");
    assertThat(data.path("message").path("seq").asLong()).isEqualTo(1);
    assertThat(data.path("message").path("epoch").asText()).isEqualTo(published.epoch().value());
    assertThat(data.path("message").path("timestamp").asLong()).isPositive();
  }

  @Test
  void allOfConcurrentPublishersOnTwoNodesIsToldOnceAndInOrder() throws Exception {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    List<String> channels = List.of("x", "y", "z");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> publishers = new ArrayList<>();
      for (int publisher = 0; publisher < 8; publisher++) {
        int number = publisher;
        TellingNode node = publisher % 2 == 0 ? one : two;
        publishers.add(threads.submit(() -> publishSome(node, app, channels, number)));
      }
      for (Future<Integer> publisher : publishers) {
        publisher.get();
      }
    }
    for (String channel : channels) {
      long last = one.held(TellingNode.channel(app, channel)).head().orElseThrow().lastSeq();
      assertThat(last).isEqualTo(8 * 20 * 2);
      await()
          .atMost(MINUTES)
          .ignoreExceptionsInstanceOf(RefusedException.class)
          .untilAsserted(
              () -> {
                one.sweep.step();
                assertThat(ledger.seqs(channel))
                    .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
              });
      assertThat(ledger.eventIds(channel)).doesNotHaveDuplicates();
    }
  }

  private static int publishSome(TellingNode node, AppEntry app, List<String> to, int number) {
    for (int i = 0; i < 20; i++) {
      for (String channel : to) {
        String id = number + "-" + i;
        get(node.publish(TellingNode.channel(app, channel), id + "a", id + "b"));
      }
    }
    return number;
  }

  @Test
  void whatADeadNodeLeftIsToldBeforeTheNextMessage() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    // The first one of a channel, too, of which no cursor is there.
    one.publishAndDie(room, "a");
    get(two.publish(room, "b"));
    awaitTold(ledger, "room", "a", "b");
    one.publishAndDie(room, "c", "d");
    get(two.publish(room, "e"));
    awaitTold(ledger, "room", "a", "b", "c", "d", "e");
  }

  @Test
  void orWhenAnotherNodeLooks() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    two.sweep.step();
    one.publishAndDie(TellingNode.channel(app, "first"), "a");
    get(one.publish(TellingNode.channel(app, "known"), "a"));
    one.publishAndDie(TellingNode.channel(app, "known"), "b", "c");
    awaitSwept(two, ledger, "first", "a");
    awaitSwept(two, ledger, "known", "a", "b", "c");
  }

  @Test
  void orWhenOneIsStartedBehindTheDeathOfAll() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    one.publishAndDie(TellingNode.channel(app, "room"), "a", "b");
    try (TellingNode later = new TellingNode(fixture, redis)) {
      later.knows(app);
      awaitSwept(later, ledger, "room", "a", "b");
    }
  }

  @Test
  void aRetryIsToldOnceWhateverBecameOfTheFirstTry() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    one.publishAndDie(room, "a");
    Published retry = get(two.publish(room, "a"));
    assertThat(retry.fresh()).isEmpty();
    assertThat(retry.items()).containsExactly(new Published.Item("a", 1));
    awaitTold(ledger, "room", "a");
    get(one.publish(room, "a"));
    get(two.publish(room, "b"));
    awaitTold(ledger, "room", "a", "b");
  }

  @Test
  void aWebhookIsNotToldOfWhatWasBeforeIt() {
    AppEntry app = app();
    Ledger other = webhook(app, "other");
    ChannelId room = TellingNode.channel(app, "room");
    get(one.publish(room, "a"));
    long millis = one.held(room).readForward(1, 1).getFirst().timestamp();
    await().until(() -> System.currentTimeMillis() > millis + 1);
    Ledger ledger = webhook(app, null);
    one.sweep.step();
    one.sweep.step();
    get(two.publish(room, "b"));
    awaitTold(ledger, "room", "b");
    assertThat(other.told("room")).isEmpty();
  }

  @Test
  void whatTheWindowLostIsToldAsMissed() {
    AppEntry app = fixture.app();
    for (TellingNode node : List.of(one, two)) {
      node.knows(app.appId(), app.tenant(), Durability.WINDOW, 3);
    }
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    two.sweep.step();
    get(one.publish(room, "a"));
    awaitTold(ledger, "room", "a");
    one.publishAndDie(room, "b", "c", "d", "e", "f");
    awaitSwept(two, ledger, "room", "a", "2-3", "d", "e", "f");
    assertThat(ledger.of("room").get(1).at("/missed/epoch").asText())
        .isEqualTo(ledger.of("room").get(0).at("/message/epoch").asText());
    get(two.publish(room, "g"));
    awaitTold(ledger, "room", "a", "2-3", "d", "e", "f", "g");
  }

  @Test
  void soIsWhatNothingIsLeftOf() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    two.sweep.step();
    get(one.publish(room, "a"));
    awaitTold(ledger, "room", "a");
    for (TellingNode node : List.of(one, two)) {
      node.knows(app.appId(), app.tenant(), Durability.WINDOW, new Namespace.Span(100, 1));
    }
    one.publishAndDie(room, "b", "c");
    await().atMost(MINUTES).until(() -> one.held(room).readForward(1, 10).isEmpty());
    awaitTold(ledger, "room", "a", "2-3");
    one.knows(app);
    two.knows(app);
    get(two.publish(room, "d"));
    awaitTold(ledger, "room", "a", "2-3", "d");
  }

  @Test
  void aNewEpochGoesOn() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    get(one.publish(room, "a"));
    get(one.publish(room, "b"));
    // What is found later would be gone with the epoch.
    awaitTold(ledger, "room", "a", "b");
    one.broker.renew(app.tenant(), room, 10);
    get(two.publish(room, "c"));
    awaitTold(ledger, "room", "a", "b", "c");
    assertThat(ledger.seqs("room")).containsExactly(1L, 2L, 11L);
    one.publishAndDie(room, "d");
    get(one.publish(room, "e"));
    awaitTold(ledger, "room", "a", "b", "c", "d", "e");
  }

  @Test
  void aLongRestIsToldInPortions() {
    AppEntry app = app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    for (int i = 0; i < 25; i++) {
      int from = i * 100;
      one.publishAndDie(
          room, IntStream.range(from, from + 100).mapToObj(n -> "m" + n).toArray(String[]::new));
    }
    get(two.publish(room, "last"));
    await()
        .atMost(MINUTES)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .untilAsserted(
            () -> {
              two.sweep.step();
              assertThat(ledger.seqs("room"))
                  .isEqualTo(LongStream.rangeClosed(1, 2_501).boxed().toList());
            });
  }

  @Test
  void aClassThatKeepsNothingIsToldWhatItAccepts() {
    AppEntry app = fixture.app();
    one.knows(app.appId(), app.tenant(), Durability.NONE, 3);
    Ledger ledger = webhook(app, null);
    AtomicInteger tries = new AtomicInteger();
    // Nothing of it is kept: a database that is too busy at that moment is not told again.
    await()
        .atMost(MINUTES)
        .untilAsserted(
            () -> {
              String name = "room-" + tries.incrementAndGet();
              ChannelId room = TellingNode.channel(app, name);
              get(one.publish(room, "a"));
              get(one.publish(room, "b", "c"));
              assertThat(ledger.told(name)).containsExactly("a", "b", "c");
            });
  }

  @Test
  void nothingIsWrittenForAnAppWithoutAWebhookAndNothingOfAnotherTenant() throws SQLException {
    AppEntry told = app();
    AppEntry silent = app();
    Ledger ledger = webhook(told, null);
    get(one.publish(TellingNode.channel(silent, "room"), "not-theirs"));
    get(one.publish(TellingNode.channel(told, "room"), "theirs"));
    awaitTold(ledger, "room", "theirs");
    one.sweep.step();
    one.sweep.step();
    String of = " WHERE app_id = " + silent.id();
    assertThat(fixture.texts("SELECT count(*) FROM webhook_cursors" + of)).containsExactly("0");
    assertThat(fixture.texts("SELECT count(*) FROM webhook_deliveries" + of)).containsExactly("0");
    assertThat(ledger.told("room")).containsExactly("theirs");
  }

  @Test
  void aNodeThatIsAloneTellsTheSame() {
    AppEntry app = fixture.app();
    Ledger ledger = webhook(app, null);
    ChannelId room = TellingNode.channel(app, "room");
    try (TellingNode alone = new TellingNode(fixture, null)) {
      alone.knows(app);
      get(alone.publish(room, "a"));
      alone.publishAndDie(room, "b");
      get(alone.publish(room, "c"));
      awaitSwept(alone, ledger, "room", "a", "b", "c");
    }
    // Its memory is gone: another epoch begins.
    try (TellingNode again = new TellingNode(fixture, null)) {
      again.knows(app);
      get(again.publish(room, "d"));
      get(again.publish(room, "e"));
      awaitSwept(again, ledger, "room", "a", "b", "c", "d", "e");
      assertThat(ledger.seqs("room")).containsExactly(1L, 2L, 3L, 1L, 2L);
    }
  }
}
