package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.TENANT;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.channel;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Message;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two logs over one database, as two nodes have. */
class TwoNodesTest {
  private LogDatabase database;
  private JdbcMessageLog one;
  private JdbcMessageLog two;

  @BeforeEach
  void open() throws SQLException {
    database = LogDatabase.fresh("log_nodes");
    one = database.log(LogDatabase.PATIENT);
    two = database.log(LogDatabase.PATIENT);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void publishToTheSameChannelsWithoutADeadlockOrAHole() throws Exception {
    Ledger ledger = new Ledger();
    try (Publishers a = new Publishers(ledger, one, "shared", "a", 4, 100, 5);
        Publishers b = new Publishers(ledger, two, "shared", "b", 4, 100, 5)) {
      a.await();
      b.await();
    }
    ledger.check(one);
    assertThat(ledger.acknowledged()).isEqualTo(2 * 4 * 300);
  }

  @Test
  void numberTheirMessagesInOneRow() {
    List<ChannelId> channels = List.of(channel("row:1"), channel("row:2"), channel("row:3"));
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      JdbcMessageLog node = i % 2 == 0 ? one : two;
      answers.add(
          node.append(unit(channels.get(i % 3), draft("m" + i, "1")), DAYS_30, published -> {}));
    }
    answers.forEach(MessageLogContract::await);
    for (ChannelId channel : channels) {
      List<Message> history = one.of(TENANT).readForward(channel, 1, 1_000, DAYS_30);
      assertThat(history).hasSize(200);
      assertThat(history.getLast().seq()).isEqualTo(200);
      assertThat(history).extracting(Message::timestamp).isSorted();
    }
  }

  @Test
  void giveTheSameIdOnePosition() {
    ChannelId channel = channel("same");
    for (int i = 0; i < 50; i++) {
      String id = "m" + i;
      CompletionStage<Published> a = one.append(unit(channel, draft(id, "1")), DAYS_30, p -> {});
      CompletionStage<Published> b = two.append(unit(channel, draft(id, "1")), DAYS_30, p -> {});
      assertThat(await(a).items()).isEqualTo(await(b).items());
      assertThat(await(a).fresh().size() + await(b).fresh().size()).isEqualTo(1);
    }
    assertThat(one.of(TENANT).readForward(channel, 1, 100, DAYS_30)).hasSize(50);
  }

  @Test
  void letOneBodyOfAnIdWin() {
    ChannelId channel = channel("bodies");
    for (int i = 0; i < 50; i++) {
      String id = "m" + i;
      CompletionStage<Published> a = one.append(unit(channel, draft(id, "1")), DAYS_30, p -> {});
      CompletionStage<Published> b = two.append(unit(channel, draft(id, "2")), DAYS_30, p -> {});
      assertThat(reused(a) + reused(b)).isEqualTo(1);
    }
    assertThat(one.of(TENANT).readForward(channel, 1, 100, DAYS_30)).hasSize(50);
  }

  private static int reused(CompletionStage<Published> answer) {
    try {
      await(answer);
      return 0;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.MESSAGE_ID_REUSED);
      return 1;
    }
  }

  @Test
  void seeAChannelThatTheOtherRenewedOrForgot() {
    ChannelId channel = channel("renewed");
    await(one.append(unit(channel, draft("a", "1")), DAYS_30, p -> {}));
    await(two.append(unit(channel, draft("b", "1")), DAYS_30, p -> {}));
    one.of(TENANT).renew(TENANT, channel, 10);
    Published after = await(two.append(unit(channel, draft("a", "2")), DAYS_30, p -> {}));
    assertThat(after.items()).containsExactly(new Published.Item("a", 11));
    one.of(TENANT).forget(channel);
    assertThat(await(two.append(unit(channel, draft("a", "3")), DAYS_30, p -> {})).items())
        .containsExactly(new Published.Item("a", 1));
  }

  @Test
  void beginAChannelOrLeaveItToAnotherStoreButNotBoth() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        ChannelId channel = channel("begins:" + i);
        Future<Boolean> begins = threads.submit(() -> isAppended(one, channel));
        Future<Boolean> begun =
            threads.submit(() -> !two.of(TENANT).shun(TENANT, channel, Durability.DURABLE));
        boolean there = begun.get();
        assertThat(begins.get()).as("appended where it is begun, %d", i).isEqualTo(there);
        assertThat(one.of(TENANT).head(channel, DAYS_30).isPresent()).isEqualTo(there);
      }
    }
  }

  private static boolean isAppended(JdbcMessageLog node, ChannelId channel) {
    try {
      await(node.append(unit(channel, draft("a", "1")), DAYS_30, p -> {}));
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.RULES_UNKNOWN);
      return false;
    }
  }

  @Test
  void areRefusedWhatTheOtherHasLeft() {
    ChannelId channel = channel("left");
    await(one.append(unit(channel, draft("a", "1")), DAYS_30, p -> {}));
    await(two.append(unit(channel, draft("b", "1")), DAYS_30, p -> {}));
    assertThat(one.of(TENANT).leave(TENANT, channel, Durability.DURABLE)).isEqualTo(2);
    assertThat(isAppended(two, channel)).isFalse();
    one.of(TENANT).forget(channel);
    assertThat(isAppended(two, channel)).isFalse();
    two.of(TENANT).arrive(TENANT, channel, Durability.DURABLE, 1, 2);
    assertThat(isAppended(one, channel)).isTrue();
  }
}
