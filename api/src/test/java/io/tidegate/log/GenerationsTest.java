package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durable epochs end when the database is not the one it was. */
class GenerationsTest {
  private static final ChannelId CHANNEL = channel("generations");

  private LogDatabase database;
  private JdbcMessageLog log;

  @BeforeEach
  void open() throws SQLException {
    database = LogDatabase.fresh("log_generations");
    log = database.log(LogDatabase.PATIENT);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private Published append(String id) {
    return await(log.append(unit(CHANNEL, draft(id, "1")), DAYS_30, published -> {}));
  }

  @Test
  void anotherTimelineEndsEveryEpochAndSeqGoesOn() throws SQLException {
    Epoch before = append("a").epoch();
    append("b");
    log.close();
    database.run("UPDATE log_generations SET timeline = timeline + 1");
    log = database.log(LogDatabase.PATIENT);
    log.check();
    Head head = log.of(MessageLogContract.TENANT).head(CHANNEL, DAYS_30).orElseThrow();
    assertThat(head.epochs().getFirst()).isEqualTo(new EpochStart(before, 1));
    assertThat(head.epochs().getLast().firstSeq()).isEqualTo(3);
    assertThat(head.epoch()).isNotEqualTo(before);
    assertThat(head.resume(new Position(before, 1)).lost()).isNull();
    Published after = append("c");
    assertThat(after.epoch()).isEqualTo(head.epoch());
    assertThat(after.items()).containsExactly(new Published.Item("c", 3));
    assertThat(log.of(MessageLogContract.TENANT).head(CHANNEL, DAYS_30).orElseThrow().epochs())
        .isEqualTo(head.epochs());
    assertThat(append("a").items()).containsExactly(new Published.Item("a", 1));
  }

  @Test
  void theSameServerKeepsItsEpochs() {
    Epoch before = append("a").epoch();
    log.close();
    log = database.log(LogDatabase.PATIENT);
    assertThat(append("b").epoch()).isEqualTo(before);
  }

  @Test
  void aGenerationBegunByAnOperatorIsSeenByRunningNodesAtOnce() throws SQLException {
    Epoch before = append("a").epoch();
    try (Connection connection = database.connect()) {
      JdbcGenerations.begin(connection, "restored");
    }
    Published after = append("b");
    assertThat(after.epoch()).isNotEqualTo(before);
    assertThat(after.items()).containsExactly(new Published.Item("b", 2));
    for (int i = 0; i < 10; i++) {
      try (Connection connection = database.connect()) {
        JdbcGenerations.begin(connection, "restored");
      }
      append("c" + i);
    }
    assertThat(log.of(MessageLogContract.TENANT).head(CHANNEL, DAYS_30).orElseThrow().epochs())
        .hasSize(Head.MAX_EPOCHS);
  }

  @Test
  void aDatabaseThatMayLoseWhatItAcknowledgesIsRefused() throws SQLException {
    append("a");
    log.close();
    database.run("ALTER DATABASE log_generations SET synchronous_commit = off");
    try {
      log = database.log(LogDatabase.PATIENT);
      assertThatThrownBy(() -> append("b"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isEqualTo(Refusal.DURABLE_UNAVAILABLE));
      assertThatThrownBy(log::check).isInstanceOf(RefusedException.class);
      assertThat(log.of(MessageLogContract.TENANT).readForward(CHANNEL, 1, 10, DAYS_30)).hasSize(1);
    } finally {
      database.run("ALTER DATABASE log_generations RESET synchronous_commit");
    }
  }

  @Test
  void aReadThatTakesTooLongIsCutOff() throws SQLException {
    append("a");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(
              () -> log.of(MessageLogContract.TENANT).readForward(CHANNEL, 1, 10, DAYS_30))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.READ_TIMEOUT));
      connection.rollback();
    }
  }
}
