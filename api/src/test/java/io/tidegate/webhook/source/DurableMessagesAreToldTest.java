package io.tidegate.webhook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogBreakers;
import io.tidegate.log.LogDatabase;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.settings.PoolSizes;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.webhook.store.WebhookFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages of the log are queued with the transaction that stores them: two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DurableMessagesAreToldTest {
  private static final String DATABASE = "durable_told";
  private static final Retention KEEP = new Retention(Integer.MAX_VALUE, 86_400);
  private static final URI URL = URI.create("https://a.example");

  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  @SuppressWarnings("NullAway.Init")
  private JdbcMessageLog one;

  @SuppressWarnings("NullAway.Init")
  private JdbcMessageLog two;

  @BeforeAll
  void start() {
    fixture = new WebhookFixture(DATABASE);
    one = log();
    two = log();
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    fixture.close();
  }

  private JdbcMessageLog log() {
    TestServer server = TestPostgres.server();
    JdbcLogPools pools =
        JdbcLogPools.open(
            server.url(DATABASE),
            server.user(),
            server.password(),
            LogDatabase.PATIENT,
            PoolSizes.STANDARD);
    return new JdbcMessageLog(
        pools,
        LogBreakers.over(pools),
        LogDatabase.PATIENT,
        false,
        new JdbcLogWitness(fixture.webhooks()));
  }

  private Ledger webhook(AppEntry app) {
    return new Ledger(DATABASE, fixture.make(app.appId(), URL, null, 1).webhook().id());
  }

  private static CompletionStage<Published> publish(
      JdbcMessageLog log, AppEntry app, String channel, String id, String data) {
    byte[] json = data.getBytes(StandardCharsets.UTF_8);
    Draft draft = new Draft(id, null, json, null, null, null, null, null);
    ChannelId name = new ChannelId(app.appId(), new ChannelName(channel));
    return log.append(new PublishUnit(app.tenant(), name, List.of(draft)), KEEP, published -> {});
  }

  private static Published get(CompletionStage<Published> answer) {
    return answer.toCompletableFuture().join();
  }

  private List<String> history(AppEntry app, String channel) {
    ChannelId name = new ChannelId(app.appId(), new ChannelName(channel));
    return one.of(app.tenant()).readForward(name, 1, 10_000, KEEP).stream()
        .map(Message::id)
        .toList();
  }

  @Test
  void allOfTwoNodesIsToldOnceAndInOrderWithItsRetries() {
    AppEntry app = fixture.app();
    AppEntry other = fixture.app();
    Ledger ledger = webhook(app);
    Ledger others = webhook(other);
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      for (String channel : List.of("x", "y", "z")) {
        answers.add(publish(i % 2 == 0 ? one : two, app, channel, "m" + i, "1"));
        answers.add(publish(i % 3 == 0 ? one : two, app, channel, "m" + i, "1"));
      }
      answers.add(publish(i % 2 == 0 ? two : one, other, "x", "o" + i, "1"));
    }
    answers.forEach(DurableMessagesAreToldTest::get);
    for (String channel : List.of("x", "y", "z")) {
      assertThat(ledger.told(channel)).hasSize(200).isEqualTo(history(app, channel));
      assertThat(ledger.seqs(channel)).isSorted().doesNotHaveDuplicates();
    }
    assertThat(others.told("x")).hasSize(200).isEqualTo(history(other, "x"));
    assertThat(others.told("y")).isEmpty();
  }

  @Test
  void itIsThereWhenThePublisherIsAnswered() {
    AppEntry app = fixture.app();
    Ledger ledger = webhook(app);
    Published published = get(publish(one, app, "room", "a", "{\"n\":1}"));
    assertThat(ledger.told("room")).containsExactly("a");
    assertThat(ledger.of("room").getFirst().at("/message/data/n").asInt()).isEqualTo(1);
    assertThat(ledger.of("room").getFirst().at("/message/epoch").asText())
        .isEqualTo(published.epoch().value());
    // Of another class the same position would have the same id: it is one event.
    assertThat(ledger.eventIds("room")).hasSize(1);
  }

  @Test
  void whatIsRefusedIsNotTold() {
    AppEntry app = fixture.app();
    Ledger ledger = webhook(app);
    get(publish(one, app, "room", "a", "1"));
    assertThatThrownBy(() -> get(publish(two, app, "room", "a", "2")))
        .isInstanceOf(CompletionException.class);
    assertThat(ledger.told("room")).containsExactly("a");
  }

  @Test
  void batchesAndOtherEventsOfTheirChannelsDoNotWaitForEachOtherInACircle() {
    AppEntry app = fixture.app();
    Ledger ledger = webhook(app);
    List<String> channels = List.of("a", "b", "c", "d", "e", "f");
    CompletableFuture<Void> events =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 100; i++) {
                fixture.emit(app.appId(), channels.get(5 - i % 6), Map.of("n", i));
              }
            },
            task -> Thread.ofVirtual().start(task));
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(publish(i % 2 == 0 ? one : two, app, channels.get(i % 6), "m" + i, "1"));
    }
    answers.forEach(DurableMessagesAreToldTest::get);
    events.join();
    for (String channel : channels) {
      assertThat(ledger.told(channel).stream().filter(id -> !id.isEmpty()).toList())
          .hasSize(50)
          .isEqualTo(history(app, channel));
    }
  }

  @Test
  void nothingIsWrittenForAnAppWithoutAWebhook() {
    AppEntry silent = fixture.app();
    Ledger ledger = webhook(fixture.app());
    get(publish(one, silent, "room", "a", "1"));
    assertThat(
            ledger.texts("SELECT count(*) FROM webhook_deliveries WHERE app_id = " + silent.id()))
        .containsExactly("0");
  }
}
