package io.tidegate.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.Webhook;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcWebhookEventsTest {
  private static final URI URL = URI.create("https://a.example");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  @BeforeAll
  void start() {
    fixture = new WebhookFixture("webhook_events");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private List<Delivery> queued(UUID webhook) {
    return fixture
        .queue()
        .due(webhook, "", Set.of(), new DeliveryQueue.Portion(100, 100))
        .runs()
        .stream()
        .flatMap(run -> run.deliveries().stream())
        .toList();
  }

  private List<String> data(UUID webhook) {
    return queued(webhook).stream().map(Delivery::data).toList();
  }

  @Test
  void eachWebhookThatWantsItIsToldOfAnEvent() {
    AppId app = fixture.app().appId();
    UUID all = fixture.make(app, URL, null, 1).webhook().id();
    UUID rooms = fixture.make(app, URL, "room:*", 1).webhook().id();
    UUID others = fixture.make(fixture.app().appId(), URL, null, 1).webhook().id();

    fixture.emit(app, "room:1", 1);
    fixture.emit(app, "hall", 2);
    fixture.events().emit(app, EventType.LIMIT_WARNING, Subject.APP, Map.of("limit", "channels"));
    fixture
        .events()
        .emit(app, EventType.MEMBER_ADDED, Subject.of(new ChannelName("hall")), Map.of());

    assertThat(data(all))
        .containsExactly(
            "{\"limit\":\"channels\"}",
            "{\"channel\":\"hall\",\"n\":2}",
            "{\"channel\":\"room:1\",\"n\":1}");
    assertThat(data(rooms))
        .containsExactly("{\"limit\":\"channels\"}", "{\"channel\":\"room:1\",\"n\":1}");
    assertThat(data(others)).isEmpty();
    assertThat(queued(all).get(2).eventId()).isEqualTo(queued(rooms).get(1).eventId());
    assertThat(queued(all).get(2).id()).isNotEqualTo(queued(rooms).get(1).id());
  }

  @Test
  void wantsIsAnsweredAsTheWebhooksAreNow() {
    AppId app = fixture.app().appId();
    Subject room = Subject.of(new ChannelName("room:1"));
    assertThat(fixture.events().wants(app, EventType.MESSAGE_PUBLISHED, room)).isFalse();

    UUID id = fixture.make(app, URL, "room:*", 1).webhook().id();
    assertThat(fixture.events().wants(app, EventType.MESSAGE_PUBLISHED, room)).isTrue();
    assertThat(fixture.events().wants(app, EventType.MEMBER_ADDED, room)).isFalse();

    WebhookChange off = new WebhookChange(null, null, null, null, null, false);
    fixture.bean(JdbcWebhooks.class).update(Caller.SYSTEM, app, id, IfMatch.ANY, off);
    assertThat(fixture.events().wants(app, EventType.MESSAGE_PUBLISHED, room)).isFalse();
    fixture.emit(app, "room:1", 1);
    assertThat(queued(id)).isEmpty();
  }

  @Test
  void anEventIsQueuedWithTheTransactionAroundItOrNotAtAll() {
    Webhook webhook = fixture.webhook(URL, 1);
    JdbcWork work = fixture.bean(JdbcWork.class);

    assertThatThrownBy(
            () ->
                work.write(
                    Reach.of(webhook.tenant()),
                    () -> {
                      fixture.emit(webhook.app(), "a", 1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessageContaining("no");
    assertThat(queued(webhook.id())).isEmpty();

    work.write(
        Reach.of(webhook.tenant()),
        () -> {
          fixture.emit(webhook.app(), "a", 2);
          assertThat(data(webhook)).as("before the commit").isEmpty();
          return 0;
        });
    assertThat(data(webhook.id())).containsExactly("{\"channel\":\"a\",\"n\":2}");
  }

  /** As another transaction sees it. */
  private List<String> data(Webhook webhook) {
    return CompletableFuture.supplyAsync(
            () -> data(webhook.id()), task -> Thread.ofVirtual().start(task))
        .join();
  }

  @Test
  void aTransactionOfAnyConnectionTakesEventsIn() throws SQLException {
    Webhook webhook = fixture.webhook(URL, 1);
    JdbcEventRows rows = new JdbcEventRows(fixture.webhooks());
    Subject room = Subject.of(new ChannelName("room"));
    Instant at = Instant.parse("2026-05-04T09:30:00.123Z");
    List<Event> events =
        List.of(
            Event.of(webhook.app(), EventType.MESSAGE_PUBLISHED, room, at, Map.of("n", 1)),
            Event.of(webhook.app(), EventType.MESSAGE_PUBLISHED, room, at, Map.of("n", 2)));
    try (Connection connection = fixture.connect()) {
      connection.setAutoCommit(false);
      for (boolean commit : new boolean[] {false, true}) {
        try (Statement role = connection.createStatement()) {
          role.execute("SELECT set_config('role', tidegate_system_role(), true)");
        }
        assertThat(rows.write(connection, events)).containsExactly(webhook.id());
        if (commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
        assertThat(queued(webhook.id())).hasSize(commit ? 2 : 0);
      }
    }
    assertThat(queued(webhook.id())).extracting(Delivery::at).containsOnly(at);
    assertThat(data(webhook.id()))
        .containsExactly("{\"channel\":\"room\",\"n\":1}", "{\"channel\":\"room\",\"n\":2}");
  }

  @Test
  void eventsOfOneSubjectAreInTheOrderOfTheirCommits() throws InterruptedException {
    Webhook webhook = fixture.webhook(URL, 1);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        later(
            () ->
                fixture
                    .bean(JdbcWork.class)
                    .write(
                        Reach.EVERYTHING,
                        () -> {
                          fixture.emit(webhook.app(), "a", 1);
                          written.countDown();
                          pass(mayCommit);
                          return 0;
                        }));
    written.await();
    CompletableFuture<Integer> second =
        later(
            () -> {
              fixture.emit(webhook.app(), "a", 2);
              return 0;
            });
    await().atMost(MINUTE).until(this::somebodyWaitsForALock);

    fixture.emit(webhook.app(), "b", 3);
    assertThat(second).as("the same subject").isNotDone();
    assertThat(data(webhook.id())).containsExactly("{\"channel\":\"b\",\"n\":3}");

    mayCommit.countDown();
    first.join();
    second.join();
    assertThat(data(webhook.id()))
        .containsExactly(
            "{\"channel\":\"a\",\"n\":1}",
            "{\"channel\":\"a\",\"n\":2}",
            "{\"channel\":\"b\",\"n\":3}");
  }

  private boolean somebodyWaitsForALock() throws SQLException {
    return !fixture
        .texts(
            "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                + " WHERE l.locktype = 'advisory' AND NOT l.granted"
                + " AND d.datname = current_database()")
        .isEmpty();
  }

  private static CompletableFuture<Integer> later(java.util.function.Supplier<Integer> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aWebhookThatGoesMeanwhileSpoilsNothing() throws SQLException {
    AppId app = fixture.app().appId();
    UUID stays = fixture.make(app, URL, null, 1).webhook().id();
    UUID goes = fixture.make(app, URL, null, 1).webhook().id();
    assertThat(fixture.webhooks().of(app)).hasSize(2);
    // Past the program: this node has not been told.
    fixture.execute("UPDATE webhooks SET deleted_at = now() WHERE id = '" + goes + "'");

    fixture.emit(app, "a", 1);

    assertThat(queued(stays)).hasSize(1);
    assertThat(queued(goes)).isEmpty();
  }
}
