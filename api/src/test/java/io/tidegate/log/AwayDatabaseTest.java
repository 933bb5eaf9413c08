package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.TENANT;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.breaker.Breaker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log while its database is away, and after. */
class AwayDatabaseTest {
  private static final ChannelId CHANNEL = channel("away");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LogDatabase database;
  private CutProxy proxy;
  private JdbcMessageLog log;

  @BeforeEach
  void open() throws SQLException, IOException {
    database = LogDatabase.fresh("log_away");
    proxy = new CutProxy(TestPostgres.server().port());
    String url = database.url().replaceFirst(":\\d+/", ":" + proxy.port() + "/");
    log = database.log(url, LogSettings.DEFAULT);
    appendAtLast("first");
    awaitHistory("first");
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    proxy.close();
  }

  private void away(boolean how) {
    proxy.refuse(how);
    proxy.rule((direction, piece) -> how ? CutProxy.Verdict.CUT : CutProxy.Verdict.FORWARD);
  }

  private CompletableFuture<Published> publish(String id) {
    return log.append(unit(CHANNEL, draft(id, "1")), DAYS_30, published -> {})
        .toCompletableFuture();
  }

  private long append(String id) {
    return await(publish(id)).items().getFirst().seq();
  }

  /** As its publisher does who is told to come back. */
  private long appendAtLast(String id) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .until(() -> append(id), seq -> true);
  }

  private List<String> history() {
    return log.of(TENANT).readForward(CHANNEL, 1, 100, DAYS_30).stream().map(Message::id).toList();
  }

  private void awaitHistory(String... ids) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .untilAsserted(() -> assertThat(history()).containsExactly(ids));
  }

  /** Asks in vain until the breaker has had enough. */
  private static void open(Breaker breaker, ThrowingRunnable call) {
    Awaitility.await(breaker.name() + " opens")
        .atMost(PATIENCE)
        .until(
            () -> {
              assertUnavailable(call);
              return !breaker.isClosed();
            });
  }

  private static void assertUnavailable(ThrowingRunnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
              assertThat(e.retryAfterMillis()).isPositive();
            });
  }

  private static void awaitClosed(Breaker breaker) {
    Awaitility.await(breaker.name() + " closes").atMost(PATIENCE).until(breaker::isClosed);
  }

  @Test
  void publishesAreRefusedWithoutWaitingAndTakenAgainWhenItIsBack() {
    away(true);
    open(log.breakers().lanes(), () -> append("lost"));

    for (int i = 0; i < 50; i++) {
      CompletableFuture<Published> answer = publish("early-" + i);
      assertThat(answer).as("nothing was waited for").isDone();
      assertUnavailable(() -> await(answer));
    }
    assertThat(log.breakers().lanes().refusals()).isGreaterThanOrEqualTo(50);
    assertThat(log.waiting()).isZero();

    away(false);
    awaitClosed(log.breakers().lanes());

    assertThat(appendAtLast("second")).isEqualTo(2);
    awaitClosed(log.breakers().reads());
    awaitHistory("first", "second");
  }

  @Test
  void readsAreRefusedWithoutAskingAndAnsweredAgainWhenItIsBack() {
    away(true);
    open(log.breakers().reads(), this::history);
    long before = log.breakers().reads().refusals();
    for (int i = 0; i < 50; i++) {
      assertUnavailable(this::history);
    }
    assertThat(log.breakers().reads().refusals()).isEqualTo(before + 50);

    away(false);
    awaitClosed(log.breakers().reads());

    awaitHistory("first");
  }

  @Test
  void channelsAreBegunAgainWhenItIsBack() {
    ChannelId other = channel("away-other");
    away(true);
    open(log.breakers().changes(), () -> log.of(TENANT).renew(TENANT, other, 0));

    away(false);
    awaitClosed(log.breakers().changes());

    long firstSeq =
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(RefusedException.class)
            .until(() -> log.of(TENANT).renew(TENANT, other, 0).firstSeq(), seq -> true);
    assertThat(firstSeq).isEqualTo(1);
  }

  @Test
  void whatWaitsWhenItOpensIsRefusedAndNotStored() throws Exception {
    CompletableFuture<Published> held;
    CompletableFuture<Published> waiting;
    try (BlockedChannel blocked = new BlockedChannel(database, CHANNEL)) {
      held = publish("held");
      Awaitility.await("the lane is at work").atMost(PATIENCE).until(() -> log.waiting() == 0);
      waiting = publish("waiting");
      log.breakers().lanes().away(new SQLException("made up", "08006"));
      log.breakers().lanes().away(new SQLException("made up", "08006"));
    }

    assertUnavailable(() -> await(waiting));
    // What was under way goes on to its own end.
    assertThat(await(held).items().getFirst().seq()).isEqualTo(2);
    awaitHistory("first", "held");
    awaitClosed(log.breakers().lanes());
    assertThat(appendAtLast("waiting")).isEqualTo(3);
  }

  @Test
  void messagesAtFaultAndChannelsThatAreBusyOpenNothing() throws Exception {
    ChannelId nowhere = new ChannelId(new AppId("987654321"), CHANNEL.name());
    PublishUnit bad = new PublishUnit(TENANT, nowhere, List.of(draft("bad", "1")));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> await(log.append(bad, DAYS_30, published -> {})))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.NOT_FOUND));
    }
    try (BlockedChannel blocked = new BlockedChannel(database, CHANNEL)) {
      for (int i = 0; i < 2; i++) {
        String id = "blocked-" + i;
        // The lane's lock_timeout: an answer of the database, though not a good one.
        assertUnavailable(() -> append(id));
      }
    }
    assertThat(log.breakers().all()).allMatch(Breaker::isClosed);
    assertThat(appendAtLast("second")).isEqualTo(2);
  }
}
