package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcRetentionTest {
  private static final Retention DAY_1 = new Retention(Integer.MAX_VALUE, 86_400);
  private static final Retention DAYS_30 = MessageLogContract.DAYS_30;

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Each waits for 5 s. */
  private static final int MAX_ROUNDS = 12;

  private LogDatabase database;
  private JdbcMessageLog log;

  @BeforeEach
  void open() throws SQLException {
    database = LogDatabase.fresh("log_retention");
    log = database.log(LogDatabase.PATIENT);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private Published append(ChannelId channel, String id, Retention keep) {
    return await(log.append(unit(channel, draft(id, "1")), keep, published -> {}));
  }

  /** The background work as it would be so many days after the message was published. */
  private void sweepDaysAfter(Published published, int days) throws SQLException {
    Message message = published.fresh().getFirst();
    LocalDate day = LocalDate.ofEpochDay(ExpiryDay.dayOf(message.timestamp()));
    assertThat(day).isBeforeOrEqualTo(LocalDate.now(ZoneOffset.UTC));
    try (Connection connection = database.connect()) {
      sweepAtLast(connection, day.plusDays(days));
    }
  }

  /**
   * A partition that autovacuum looks at is not let go of before that gives way: what fails is done
   * by the next round.
   */
  private void sweepAtLast(Connection connection, LocalDate today) throws SQLException {
    for (int round = 1; ; round++) {
      try {
        log.retention().sweep(connection, today);
        return;
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || round == MAX_ROUNDS) {
          throw e;
        }
      }
    }
  }

  @Test
  void aMessageStaysUntilItsLastDayIsOver() throws SQLException {
    ChannelId channel = channel("kept");
    Published published = append(channel, "a", DAY_1);
    sweepDaysAfter(published, 1);
    assertThat(log.of(MessageLogContract.TENANT).readForward(channel, 1, 10, DAY_1)).hasSize(1);
    sweepDaysAfter(published, 2);
    assertThat(database.count("SELECT count(*) FROM messages")).isZero();
    assertThat(database.count("SELECT count(*) FROM channels")).isZero();
    assertThat(log.of(MessageLogContract.TENANT).head(channel, DAY_1)).isEmpty();
  }

  @Test
  void idsAreKeptForADayAtLeastAndThenForgotten() throws SQLException {
    ChannelId channel = channel("ids");
    Published published = append(channel, "a", DAYS_30);
    sweepDaysAfter(published, 1);
    assertThat(append(channel, "a", DAYS_30).fresh()).isEmpty();
    sweepDaysAfter(published, 2);
    assertThat(append(channel, "a", DAYS_30).fresh()).hasSize(1);
  }

  @Test
  void whatLiesBelowAHoleIsOutOfReach() throws SQLException {
    ChannelId channel = channel("hole");
    append(channel, "long-1", DAYS_30);
    append(channel, "long-2", DAYS_30);
    append(channel, "short-3", DAY_1);
    Published last = append(channel, "long-4", DAYS_30);
    sweepDaysAfter(last, 2);
    assertThat(log.of(MessageLogContract.TENANT).readForward(channel, 1, 10, DAYS_30))
        .extracting(Message::seq)
        .containsExactly(4L);
    assertThat(log.of(MessageLogContract.TENANT).readBackward(channel, 9, 10, DAYS_30)).hasSize(1);
    assertThat(log.of(MessageLogContract.TENANT).head(channel, DAYS_30).orElseThrow().firstSeq())
        .isEqualTo(4);
    assertThat(append(channel, "long-5", DAYS_30).items().getFirst().seq()).isEqualTo(5);
  }

  @Test
  void whatARenewedOrForgottenChannelLeftIsErased() throws SQLException {
    ChannelId renewed = channel("renewed");
    ChannelId forgotten = channel("forgotten");
    append(renewed, "a", DAYS_30);
    Published published = append(forgotten, "a", DAYS_30);
    log.of(MessageLogContract.TENANT).renew(MessageLogContract.TENANT, renewed, 0);
    log.of(MessageLogContract.TENANT).forget(forgotten);
    append(renewed, "b", DAYS_30);
    sweepDaysAfter(published, 0);
    assertThat(database.count("SELECT count(*) FROM messages")).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM message_ids")).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM log_erasures")).isZero();
  }

  @Test
  void whatRetentionDropsIsNoLongerStored() throws SQLException {
    ChannelId mixed = channel("mixed");
    ChannelId renewed = channel("stored-renewed");
    append(mixed, "a", DAYS_30);
    append(mixed, "b", DAY_1);
    append(mixed, "c", DAYS_30);
    append(renewed, "a", DAY_1);
    log.of(MessageLogContract.TENANT).renew(MessageLogContract.TENANT, renewed, 0);
    Published last = append(renewed, "b", DAYS_30);
    assertThat(log.storedBytes(MessageLogContract.TENANT)).isEqualTo(4 * 101);
    sweepDaysAfter(last, 2);
    assertThat(log.storedBytes(MessageLogContract.TENANT)).isEqualTo(3 * 101);
    sweepDaysAfter(last, 40);
    assertThat(log.storedBytes(MessageLogContract.TENANT)).isZero();
    assertThat(database.count("SELECT count(*) FROM log_sweeps")).isZero();
  }

  @Test
  void anInterruptedRoundSubtractsNothingTwice() throws SQLException {
    // Midnight may come in between: then they lie in two partitions.
    Set<String> partitions = new TreeSet<>();
    for (int i = 0; i < 450; i++) {
      int day = today(append(channel("many:" + i), "a", DAY_1));
      partitions.add(
          "messages_" + LocalDate.ofEpochDay(ExpiryDay.of(day, 1)).toString().replace("-", ""));
    }
    Published last = append(channel("many:0"), "b", DAYS_30);
    try (Connection connection = database.connect()) {
      for (String partition : partitions) {
        new JdbcErasures().takeOut(connection, partition);
        new JdbcErasures().takeOut(connection, partition);
      }
    }
    assertThat(log.storedBytes(MessageLogContract.TENANT)).isEqualTo(101);
    sweepDaysAfter(last, 2);
    assertThat(log.storedBytes(MessageLogContract.TENANT)).isEqualTo(101);
  }

  private static int today(Published published) {
    return ExpiryDay.dayOf(published.fresh().getFirst().timestamp());
  }

  @Test
  void everyChannelOfADeletedAppGoes() throws SQLException {
    for (int i = 0; i < 5; i++) {
      append(channel("of-app:" + i), "a", DAYS_30);
    }
    log.eraseApp(MessageLogContract.APP);
    assertThat(database.count("SELECT count(*) FROM channels")).isZero();
    log.retention().sweep();
    assertThat(database.count("SELECT count(*) FROM messages")).isZero();
    database.run("DELETE FROM apps WHERE id = " + MessageLogContract.APP);
  }

  @Test
  void tomorrowsPartitionsAreMadeAhead() throws SQLException {
    append(channel("ahead"), "a", DAY_1);
    append(channel("ahead"), "b", DAYS_30);
    String partitions =
        "SELECT count(*) FROM pg_inherits WHERE inhparent IN"
            + " ('messages'::regclass, 'message_ids'::regclass)";
    assertThat(database.count(partitions)).isEqualTo(3);
    log.retention().sweep();
    assertThat(database.count(partitions)).isEqualTo(6);
  }

  @Test
  void aPartitionDroppedUnderARunningNodeIsMadeAgain() throws SQLException {
    append(channel("remade"), "a", DAYS_30);
    for (String table : new String[] {"messages", "message_ids"}) {
      database.run(
          "DO $$ DECLARE p regclass; BEGIN FOR p IN SELECT inhrelid FROM pg_inherits"
              + " WHERE inhparent = '"
              + table
              + "'::regclass LOOP EXECUTE 'DROP TABLE ' || p; END LOOP; END $$");
    }
    assertThat(append(channel("remade"), "b", DAYS_30).items().getFirst().seq()).isEqualTo(2);
  }

  @Test
  void aRoundThatWasCutShortIsFinished() throws SQLException {
    Published published = append(channel("cut"), "a", DAY_1);
    int day = ExpiryDay.dayOf(published.fresh().getFirst().timestamp());
    String name =
        JdbcPartitions.Table.MESSAGES.partition(LocalDate.ofEpochDay(ExpiryDay.of(day, 1)));
    database.run("ALTER TABLE messages DETACH PARTITION " + name);
    sweepDaysAfter(published, 2);
    assertThat(database.count("SELECT count(*) FROM pg_class WHERE relname = '" + name + "'"))
        .isZero();
  }
}
