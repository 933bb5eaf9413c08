package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.breaker.Breaker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.channel.Published;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to the database that end between COMMIT and its answer, or before. */
class LostAnswerTest {
  /** Where an answer is to be had, however busy the machine is. */
  private static final LogSettings PATIENT = answeringWithin(Duration.ofMinutes(1));

  /** Where none is, it need not be waited for long. */
  private static final LogSettings HASTY = answeringWithin(Duration.ofSeconds(2));

  private static final ChannelId CHANNEL = channel("cut");

  private LogDatabase database;
  private CutProxy proxy;
  private JdbcMessageLog log;

  private static LogSettings answeringWithin(Duration time) {
    return new LogSettings(2, 200, 1 << 20, 8_000, 16 << 20, Duration.ofMinutes(1), time);
  }

  @BeforeEach
  void open() throws SQLException, IOException {
    database = LogDatabase.fresh("log_cut");
    proxy = new CutProxy(TestPostgres.server().port());
    log = log(PATIENT);
    append("first");
  }

  private JdbcMessageLog log(LogSettings settings) {
    // Never prepared on the server, so that COMMIT is readable on the wire each time.
    String url = database.url().replaceFirst(":\\d+/", ":" + proxy.port() + "/");
    return database.log(url + "?prepareThreshold=0", settings);
  }

  private void beHasty() {
    log.close();
    log = log(HASTY);
    appendAtLast("first");
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    proxy.close();
  }

  private Published append(String id) {
    return await(log.append(unit(CHANNEL, draft(id, "1")), DAYS_30, published -> {}));
  }

  /** As its publisher does who is told to come back. */
  private Published appendAtLast(String id) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .until(() -> append(id), published -> true);
  }

  private void cutOnce(CutProxy.Direction where, CutProxy.Verdict how) {
    AtomicBoolean armed = new AtomicBoolean(true);
    proxy.rule(
        (direction, piece) ->
            direction == where && isCommit(piece) && armed.getAndSet(false)
                ? how
                : CutProxy.Verdict.FORWARD);
  }

  private void historyIs(String... ids) {
    assertThat(log.of(MessageLogContract.TENANT).readForward(CHANNEL, 1, 100, DAYS_30))
        .extracting(Message::id)
        .containsExactly(ids);
  }

  @Test
  void aPublishWhoseAnswerWasLostIsFoundStored() {
    cutOnce(CutProxy.Direction.TO_CLIENT, CutProxy.Verdict.CUT);
    assertThat(append("a").items().getFirst().seq()).isEqualTo(2);
    assertThat(append("b").items().getFirst().seq()).isEqualTo(3);
    historyIs("first", "a", "b");
  }

  @Test
  void aCommitThatNeverArrivedIsTriedAgain() {
    cutOnce(CutProxy.Direction.TO_SERVER, CutProxy.Verdict.CUT);
    assertThat(append("a").items().getFirst().seq()).isEqualTo(2);
    historyIs("first", "a");
  }

  @Test
  void aSessionThatWaitsForACommitThatNeverComesIsEnded() {
    cutOnce(CutProxy.Direction.TO_SERVER, CutProxy.Verdict.CUT_CLIENT);
    assertThat(append("a").items().getFirst().seq()).isEqualTo(2);
    historyIs("first", "a");
  }

  @Test
  void anOutcomeNobodyCanTellIsSaidToBeUnknownAndARetryFindsIt() {
    beHasty();
    proxy.rule(
        (direction, piece) -> {
          if (direction == CutProxy.Direction.TO_CLIENT && isCommit(piece)) {
            proxy.refuse(true);
            return CutProxy.Verdict.CUT;
          }
          return proxy.isRefusing() ? CutProxy.Verdict.CUT : CutProxy.Verdict.FORWARD;
        });
    assertRefused(Refusal.OUTCOME_UNKNOWN, "a");
    proxy.rule((direction, piece) -> CutProxy.Verdict.FORWARD);
    proxy.refuse(false);
    Published again = appendAtLast("a");
    assertThat(again.items().getFirst().seq()).isEqualTo(2);
    assertThat(again.fresh()).isEmpty();
    historyIs("first", "a");
  }

  @Test
  void withoutADatabaseNothingIsStoredAndTheRefusalSaysWhenToComeBack() {
    beHasty();
    proxy.refuse(true);
    proxy.rule((direction, piece) -> CutProxy.Verdict.CUT);
    assertThat(assertRefused(Refusal.STORE_UNAVAILABLE, "a").retryAfterMillis()).isPositive();
    proxy.rule((direction, piece) -> CutProxy.Verdict.FORWARD);
    proxy.refuse(false);
    appendAtLast("b");
    historyIs("first", "b");
  }

  @Test
  void randomCutsNeverLoseOrDoubleAMessage() throws Exception {
    beHasty();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    proxy.rule(
        (direction, piece) -> {
          synchronized (random) {
            int dice = random.nextInt(400);
            return dice == 0
                ? CutProxy.Verdict.CUT
                : dice == 1 ? CutProxy.Verdict.CUT_CLIENT : CutProxy.Verdict.FORWARD;
          }
        });
    Ledger ledger = new Ledger();
    try (Publishers publishers = new Publishers(ledger, log, "random", "p", 8, 120, 5)) {
      publishers.await();
    }
    proxy.rule((direction, piece) -> CutProxy.Verdict.FORWARD);
    assertThat(ledger.acknowledged()).as("seed " + seed).isPositive();
    Awaitility.await("the log trusts its database")
        .atMost(Duration.ofMinutes(1))
        .until(() -> log.breakers().all().stream().allMatch(Breaker::isClosed));
    ledger.check(log);
    ledger.retryUnknown(log);
    ledger.check(log);
  }

  private RefusedException assertRefused(Refusal refusal, String id) {
    RefusedException[] refused = new RefusedException[1];
    assertThatThrownBy(() -> append(id))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(refusal);
              refused[0] = e;
            });
    return refused[0];
  }

  /**
   * Of a batch. A new connection commits its role, and pools open some behind everybody's back; the
   * server tells of that role with the answer.
   */
  static boolean isCommit(String piece) {
    return piece.contains("COMMIT")
        && !piece.contains("set_config")
        && !piece.contains("is_superuser");
  }
}
