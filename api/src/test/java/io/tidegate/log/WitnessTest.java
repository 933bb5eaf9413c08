package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.TENANT;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import io.tidegate.channel.Published;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log stores and what is written down of it are there together or not at all. */
class WitnessTest {
  private LogDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = LogDatabase.fresh("log_witness");
    database.run(
        "CREATE TABLE written (n bigint GENERATED ALWAYS AS IDENTITY, channel text, seq bigint)");
  }

  @AfterEach
  void noneIsLeft() throws SQLException {
    database.run("DROP TABLE written");
  }

  /** Writes into a table of the test's what it hears of: channels that begin with "heard". */
  private static class Writing implements Witness {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public boolean wants(ChannelId channel) {
      return channel.name().value().startsWith("heard");
    }

    @Override
    public void stored(@Nullable Connection connection, List<Stored> stored) throws SQLException {
      calls.incrementAndGet();
      try (PreparedStatement insert =
          Objects.requireNonNull(connection)
              .prepareStatement("INSERT INTO written (channel, seq) VALUES (?, ?)")) {
        for (Stored unit : stored) {
          for (Message message : unit.messages()) {
            insert.setString(1, unit.channel().name().value());
            insert.setLong(2, message.seq());
            insert.executeUpdate();
          }
        }
      }
    }
  }

  private JdbcMessageLog log(Witness witness) {
    return database.log(database.url(), LogDatabase.PATIENT, witness);
  }

  private List<Long> written(ChannelId channel) throws SQLException {
    List<Long> seqs = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq FROM written WHERE channel = '" + channel.name() + "' ORDER BY n")) {
      while (row.next()) {
        seqs.add(row.getLong(1));
      }
    }
    return seqs;
  }

  private static List<Long> stored(MessageLog log, ChannelId channel) {
    return log.of(TENANT).readForward(channel, 1, 10_000, DAYS_30).stream()
        .map(Message::seq)
        .toList();
  }

  @Test
  void allIsHeardOfInTheOrderOfTheChannelWhicheverNodeStoresIt() throws SQLException {
    List<ChannelId> channels = List.of(channel("heard:1"), channel("heard:2"), channel("other"));
    Writing witness = new Writing();
    try (JdbcMessageLog one = log(witness);
        JdbcMessageLog two = log(witness)) {
      List<CompletionStage<Published>> answers = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        JdbcMessageLog node = i % 2 == 0 ? one : two;
        Draft[] drafts = {draft("a" + i, "1"), draft("b" + i, "2")};
        answers.add(node.append(unit(channels.get(i % 3), drafts), DAYS_30, published -> {}));
      }
      answers.forEach(MessageLogContract::await);
      for (ChannelId channel : channels.subList(0, 2)) {
        assertThat(written(channel)).hasSize(400).isEqualTo(stored(one, channel));
      }
      assertThat(written(channels.getLast())).isEmpty();
    }
  }

  @Test
  void batchesThatNobodyWantsToHearOfAreNotTold() {
    Writing witness = new Writing();
    try (JdbcMessageLog log = log(witness)) {
      await(log.append(unit(channel("other"), draft("a", "1")), DAYS_30, published -> {}));
      await(log.append(unit(channel("heard"), draft("a", "1")), DAYS_30, published -> {}));
      await(log.append(unit(channel("heard"), draft("a", "1")), DAYS_30, published -> {}));
    }
    assertThat(witness.calls).as("the first message, not its retry").hasValue(1);
  }

  @Test
  void whatCannotBeWrittenDownIsNotStored() throws SQLException {
    AtomicBoolean able = new AtomicBoolean();
    Writing witness =
        new Writing() {
          @Override
          public void stored(@Nullable Connection connection, List<Stored> stored)
              throws SQLException {
            super.stored(connection, stored);
            if (!able.get()) {
              throw RefusedException.retryAfter(Refusal.STORE_UNAVAILABLE, "not now", 1_000);
            }
          }
        };
    ChannelId channel = channel("heard");
    try (JdbcMessageLog log = log(witness)) {
      assertThatThrownBy(
              () -> await(log.append(unit(channel, draft("a", "1")), DAYS_30, published -> {})))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
      assertThat(stored(log, channel)).isEmpty();
      assertThat(written(channel)).isEmpty();
      able.set(true);
      await(log.append(unit(channel, draft("a", "1")), DAYS_30, published -> {}));
      assertThat(stored(log, channel)).containsExactly(1L);
      assertThat(written(channel)).containsExactly(1L);
    }
  }

  @Test
  void whereNobodyCanSayWhoWantsToHearNothingIsStored() {
    Witness unknown =
        new Writing() {
          @Override
          public boolean wants(ChannelId channel) {
            throw RefusedException.retryAfter(Refusal.STORE_UNAVAILABLE, "unknown", 1_000);
          }
        };
    try (JdbcMessageLog log = log(unknown)) {
      CompletionStage<Published> answer =
          log.append(unit(channel("heard"), draft("a", "1")), DAYS_30, published -> {});
      assertThatThrownBy(() -> await(answer)).isInstanceOf(RefusedException.class);
      assertThat(stored(log, channel("heard"))).isEmpty();
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostIsHeardOfOnce() throws SQLException, IOException {
    ChannelId channel = channel("heard");
    for (CutProxy.Direction lost : CutProxy.Direction.values()) {
      try (CutProxy proxy = new CutProxy(TestPostgres.server().port())) {
        String url = database.url().replaceFirst(":\\d+/", ":" + proxy.port() + "/");
        // Never prepared on the server, so that COMMIT is readable on the wire each time.
        try (JdbcMessageLog log =
            database.log(url + "?prepareThreshold=0", LogDatabase.PATIENT, new Writing())) {
          await(log.append(unit(channel("other"), draft("x" + lost, "1")), DAYS_30, done -> {}));
          AtomicBoolean armed = new AtomicBoolean(true);
          proxy.rule(
              (direction, piece) ->
                  direction == lost && LostAnswerTest.isCommit(piece) && armed.getAndSet(false)
                      ? CutProxy.Verdict.CUT
                      : CutProxy.Verdict.FORWARD);
          await(log.append(unit(channel, draft("a" + lost, "1")), DAYS_30, done -> {}));
          assertThat(armed).as("the commit was seen").isFalse();
          assertThat(written(channel)).isEqualTo(stored(log, channel));
        }
      }
    }
    assertThat(written(channel)).containsExactly(1L, 2L);
  }

  @Test
  void inMemoryItIsTheSame() {
    List<Long> heard = new ArrayList<>();
    AtomicBoolean able = new AtomicBoolean(true);
    Witness witness =
        new Writing() {
          @Override
          public void stored(@Nullable Connection connection, List<Stored> stored) {
            if (!able.get()) {
              throw new IllegalStateException("not now");
            }
            stored.forEach(unit -> unit.messages().forEach(one -> heard.add(one.seq())));
          }
        };
    MemoryMessageLog log = new MemoryMessageLog(System::currentTimeMillis, witness);
    ChannelId channel = channel("heard");
    await(log.append(unit(channel, draft("a", "1")), DAYS_30, published -> {}));
    await(log.append(unit(channel("other"), draft("a", "1")), DAYS_30, published -> {}));
    able.set(false);
    assertThatThrownBy(
            () -> await(log.append(unit(channel, draft("b", "1")), DAYS_30, published -> {})))
        .isInstanceOf(RefusedException.class);
    assertThat(stored(log, channel)).containsExactly(1L);
    able.set(true);
    await(log.append(unit(channel, draft("b", "1")), DAYS_30, published -> {}));
    assertThat(heard).containsExactly(1L, 2L).isEqualTo(stored(log, channel));
  }
}
