package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.APP;
import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.freshChannel;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many units in one transaction; a single lane, so that they meet; as patient as a test is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {
  private static final LogSettings ONE_LANE =
      new LogSettings(1, 200, 1 << 20, 100, 1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(2));

  private LogDatabase database;
  private JdbcMessageLog log;

  @BeforeAll
  void open() throws SQLException {
    database = LogDatabase.fresh("log_batch");
    log = database.log(ONE_LANE);
  }

  @AfterAll
  void close() {
    log.close();
  }

  private CompletionStage<Published> append(PublishUnit unit) {
    return log.append(unit, DAYS_30, published -> {});
  }

  /** Appends the units while their lane is held up, so that they share a transaction. */
  private List<CompletionStage<Published>> together(ChannelId blocked, List<PublishUnit> units)
      throws SQLException {
    await(append(unit(blocked, draft("block", "0"))));
    List<CompletionStage<Published>> answers = new ArrayList<>();
    CompletionStage<Published> first;
    try (BlockedChannel lock = new BlockedChannel(database, blocked)) {
      first = append(unit(blocked, draft("first", "0")));
      units.forEach(each -> answers.add(append(each)));
      assertThat(lock).isNotNull();
    }
    await(first);
    return answers;
  }

  private static Draft unstorable(String id) {
    return new Draft(id, null, new byte[] {'1'}, null, "no\0client", null, null, null);
  }

  private static void assertRefused(CompletionStage<Published> answer, Refusal refusal) {
    assertThatThrownBy(() -> await(answer))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }

  @Test
  void onlyTheGuiltyUnitOfABatchIsRefused() throws SQLException {
    ChannelId channel = freshChannel();
    List<PublishUnit> units = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      units.add(unit(channel, i == 17 ? unstorable("u" + i) : draft("u" + i, "1")));
    }
    List<CompletionStage<Published>> answers = together(freshChannel(), units);
    long seq = 0;
    for (int i = 0; i < 40; i++) {
      if (i == 17) {
        assertRefused(answers.get(i), Refusal.BAD_REQUEST);
      } else {
        assertThat(await(answers.get(i)).items())
            .containsExactly(new Published.Item("u" + i, ++seq));
      }
    }
    assertThat(log.of(MessageLogContract.TENANT).readForward(channel, 1, 100, DAYS_30)).hasSize(39);
  }

  @Test
  void anAppThatIsGoneRefusesItsOwnUnitsOnly() throws SQLException {
    ChannelId channel = freshChannel();
    ChannelId gone = new ChannelId(new AppId("9999"), new ChannelName("x"));
    List<CompletionStage<Published>> answers =
        together(
            freshChannel(),
            List.of(
                unit(channel, draft("a", "1")),
                unit(gone, draft("b", "1")),
                unit(channel, draft("c", "1"))));
    assertThat(await(answers.get(0)).items().getFirst().seq()).isEqualTo(1);
    assertRefused(answers.get(1), Refusal.NOT_FOUND);
    assertThat(await(answers.get(2)).items().getFirst().seq()).isEqualTo(2);
  }

  @Test
  void anotherTenantsAppIsNoApp() {
    TenantId other = new TenantId(new UUID(0x0190_0000_0000_7000L, 2));
    ChannelId fresh = freshChannel();
    assertRefused(
        append(new PublishUnit(other, fresh, List.of(draft("a", "1")))), Refusal.NOT_FOUND);
    await(append(unit(fresh, draft("a", "1"))));
    assertThat(
            log.of(MessageLogContract.TENANT)
                .readForward(new ChannelId(APP, fresh.name()), 1, 10, DAYS_30))
        .hasSize(1);
  }

  @Test
  void theSameIdTwiceInOneTransactionIsOneMessage() throws SQLException {
    ChannelId channel = freshChannel();
    List<CompletionStage<Published>> answers =
        together(
            freshChannel(),
            List.of(
                unit(channel, draft("a", "1")),
                unit(channel, draft("a", "1"), draft("b", "2")),
                unit(channel, draft("c", "3"), draft("a", "other")),
                unit(channel, draft("c", "4"))));
    assertThat(await(answers.get(0)).items()).containsExactly(new Published.Item("a", 1));
    assertThat(await(answers.get(1)).items())
        .containsExactly(new Published.Item("a", 1), new Published.Item("b", 2));
    assertThat(await(answers.get(1)).fresh()).extracting(Message::seq).containsExactly(2L);
    assertRefused(answers.get(2), Refusal.MESSAGE_ID_REUSED);
    assertThat(await(answers.get(3)).items()).containsExactly(new Published.Item("c", 3));
  }

  @Test
  void aFullQueueRefusesAndAnotherTenantIsTakenStill() throws SQLException {
    TenantId other = new TenantId(new UUID(0x0190_0000_0000_7000L, 3));
    database.addApp(other, new AppId("1003"));
    ChannelId blocked = freshChannel();
    ChannelId channel = freshChannel();
    await(append(unit(blocked, draft("block", "0"))));
    List<CompletionStage<Published>> answers = new ArrayList<>();
    CompletionStage<Published> others;
    int units = 200;
    try (BlockedChannel lock = new BlockedChannel(database, blocked)) {
      assertThat(lock).isNotNull();
      answers.add(append(unit(blocked, draft("first", "0"))));
      for (int i = 0; i < units; i++) {
        answers.add(append(unit(channel, draft("u" + i, "1"))));
      }
      others =
          append(
              new PublishUnit(
                  other,
                  new ChannelId(new AppId("1003"), new ChannelName("quiet")),
                  List.of(draft("a", "1"))));
    }
    int refused = 0;
    for (CompletionStage<Published> answer : answers) {
      try {
        await(answer);
      } catch (RefusedException e) {
        assertThat(e.refusal()).isEqualTo(Refusal.PUBLISH_QUEUE_FULL);
        assertThat(e.retryAfterMillis()).isPositive();
        refused++;
      }
    }
    // Half of 100 may wait; what the lane had in its hands already does not count.
    assertThat(refused).isBetween(1, units - 49);
    assertThat(await(others).items()).hasSize(1);
    assertThat(log.of(MessageLogContract.TENANT).readForward(channel, 1, 1_000, DAYS_30))
        .hasSize(units - refused);
  }

  @Test
  void whatWaitsIsWrittenWhenTheLogCloses() {
    ChannelId channel = freshChannel();
    JdbcMessageLog closing = database.log(LogDatabase.PATIENT);
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(closing.append(unit(channel, draft("u" + i, "1")), DAYS_30, published -> {}));
    }
    closing.close();
    assertThat(answers).allMatch(answer -> answer.toCompletableFuture().isDone());
    answers.forEach(MessageLogContract::await);
    assertThat(log.of(MessageLogContract.TENANT).readForward(channel, 1, 1_000, DAYS_30))
        .hasSize(100);
  }
}
