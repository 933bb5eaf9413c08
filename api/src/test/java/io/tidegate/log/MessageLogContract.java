package io.tidegate.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link MessageLog} promises. */
@SuppressWarnings("JUnitClassModifiers")
abstract class MessageLogContract {
  static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 1));
  static final AppId APP = new AppId("1001");
  static final Retention DAYS_30 = new Retention(Integer.MAX_VALUE, 30 * 86_400L);
  private static final AtomicInteger CHANNELS = new AtomicInteger();

  abstract MessageLog log();

  /** Everything stored in the channel becomes so much older. */
  abstract void age(ChannelId channel, Duration by);

  static ChannelId freshChannel() {
    return channel("contract:" + CHANNELS.incrementAndGet());
  }

  static ChannelId channel(String name) {
    return new ChannelId(APP, new ChannelName(name));
  }

  static Draft draft(String id, String data) {
    return new Draft(id, null, utf8(data), null, null, null, null, null);
  }

  static PublishUnit unit(ChannelId channel, Draft... drafts) {
    return new PublishUnit(TENANT, channel, List.of(drafts));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Published await(CompletionStage<Published> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused : e;
    }
  }

  Published append(ChannelId channel, Draft... drafts) {
    return await(log().append(unit(channel, drafts), DAYS_30, published -> {}));
  }

  void appendMany(ChannelId channel, int count) {
    for (int from = 0; from < count; from += PublishUnit.MAX_MESSAGES) {
      append(
          channel,
          IntStream.range(from, Math.min(count, from + PublishUnit.MAX_MESSAGES))
              .mapToObj(i -> draft("m" + (i + 1), "" + (i + 1)))
              .toArray(Draft[]::new));
    }
  }

  static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(Message::seq).toList();
  }

  @Test
  void everyFieldIsReadBackAsItWasPublished() {
    ChannelId channel = freshChannel();
    Draft full =
        new Draft(
            "id-1",
            "größe\tname",
            new byte[] {'"', 0, (byte) 0xFF, '"'},
            "cipher+aes-256-cbc",
            "client",
            "conn",
            utf8("{\"h\":\"v\"}"),
            "excluded");
    Published answer = append(channel, full, draft("id-2", "2"));
    List<Message> read = log().of(TENANT).readForward(channel, 1, 10, DAYS_30);
    assertThat(seqs(read)).containsExactly(1L, 2L);
    Message first = read.getFirst();
    assertThat(first.id()).isEqualTo("id-1");
    assertThat(first.name()).isEqualTo("größe\tname");
    assertThat(first.data()).isEqualTo(full.data());
    assertThat(first.encoding()).isEqualTo("cipher+aes-256-cbc");
    assertThat(first.clientId()).isEqualTo("client");
    assertThat(first.connectionId()).isEqualTo("conn");
    assertThat(first.headers()).isEqualTo(full.headers());
    assertThat(first.exclude()).isEqualTo("excluded");
    assertThat(first.timestamp()).isEqualTo(answer.fresh().getFirst().timestamp()).isPositive();
    Message second = read.getLast();
    assertThat(second.name()).isNull();
    assertThat(second.encoding()).isNull();
    assertThat(second.clientId()).isNull();
    assertThat(second.connectionId()).isNull();
    assertThat(second.headers()).isNull();
    assertThat(second.exclude()).isNull();
  }

  @Test
  void aUnitGetsConsecutiveSeqsInItsOrder() {
    ChannelId channel = freshChannel();
    append(channel, draft("z", "1"), draft("a", "2"));
    Published answer = append(channel, draft("y", "3"), draft("b", "4"), draft("x", "5"));
    assertThat(answer.items())
        .containsExactly(
            new Published.Item("y", 3), new Published.Item("b", 4), new Published.Item("x", 5));
    assertThat(seqs(answer.fresh())).containsExactly(3L, 4L, 5L);
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30).stream().map(Message::id))
        .containsExactly("z", "a", "y", "b", "x");
  }

  @Test
  void aRetryReturnsTheFirstAnswerAndStoresNothing() {
    ChannelId channel = freshChannel();
    Published first = append(channel, draft("a", "1"), draft("b", "2"));
    append(channel, draft("c", "3"));
    Published again = append(channel, draft("a", "1"), draft("b", "2"));
    assertThat(again.items()).isEqualTo(first.items());
    assertThat(again.epoch()).isEqualTo(first.epoch());
    assertThat(again.fresh()).isEmpty();
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).hasSize(3);
  }

  @Test
  void aUnitThatIsKnownInPartStoresTheRest() {
    ChannelId channel = freshChannel();
    append(channel, draft("a", "1"));
    Published answer = append(channel, draft("b", "2"), draft("a", "1"), draft("c", "3"));
    assertThat(answer.items())
        .containsExactly(
            new Published.Item("b", 2), new Published.Item("a", 1), new Published.Item("c", 3));
    assertThat(seqs(answer.fresh())).containsExactly(2L, 3L);
  }

  @Test
  void anIdUsedForAnotherMessageRefusesTheWholeUnit() {
    ChannelId channel = freshChannel();
    append(channel, draft("a", "1"));
    assertThatThrownBy(() -> append(channel, draft("b", "2"), draft("a", "other")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.MESSAGE_ID_REUSED));
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).hasSize(1);
    assertThat(append(channel, draft("b", "2")).items())
        .containsExactly(new Published.Item("b", 2));
  }

  @Test
  void theSameIdInAnotherChannelIsAnotherMessage() {
    append(freshChannel(), draft("a", "1"));
    assertThat(append(freshChannel(), draft("a", "other")).items())
        .containsExactly(new Published.Item("a", 1));
  }

  @Test
  void unitsGivenOneAfterTheOtherAreCommittedInThatOrder() {
    ChannelId channel = freshChannel();
    List<Long> committed = new ArrayList<>();
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      answers.add(
          log()
              .append(
                  unit(channel, draft("m" + i, "" + i)),
                  DAYS_30,
                  published -> {
                    synchronized (committed) {
                      committed.addAll(seqs(published.fresh()));
                    }
                  }));
    }
    for (int i = 1; i <= 500; i++) {
      assertThat(await(answers.get(i - 1)).items()).containsExactly(new Published.Item("m" + i, i));
    }
    synchronized (committed) {
      assertThat(committed).isSorted().hasSize(500);
    }
  }

  @Test
  void onCommitIsCalledBeforeTheAnswer() {
    List<Published> seen = new ArrayList<>();
    Published answer =
        await(log().append(unit(freshChannel(), draft("a", "1")), DAYS_30, seen::add));
    assertThat(seen).containsExactly(answer);
  }

  @Test
  void timestampsNeverDecrease() {
    ChannelId channel = freshChannel();
    appendMany(channel, 300);
    assertThat(
            log().of(TENANT).readForward(channel, 1, 300, DAYS_30).stream().map(Message::timestamp))
        .isSorted();
  }

  @Test
  void anUnknownChannelHasNoHeadAndNoMessages() {
    ChannelId channel = freshChannel();
    assertThat(log().of(TENANT).head(channel, DAYS_30)).isEmpty();
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).isEmpty();
    assertThat(log().of(TENANT).readBackward(channel, Long.MAX_VALUE, 10, DAYS_30)).isEmpty();
    assertThat(log().of(TENANT).seqAt(channel, 0, DAYS_30)).isEqualTo(1);
  }

  @Test
  void theHeadSaysWhereTheChannelEndsAndHowFarBackItGoes() {
    ChannelId channel = freshChannel();
    Published answer = append(channel, draft("a", "1"), draft("b", "2"), draft("c", "3"));
    Head head = log().of(TENANT).head(channel, DAYS_30).orElseThrow();
    assertThat(head.epochs()).containsExactly(new EpochStart(answer.epoch(), 1));
    assertThat(head.firstSeq()).isEqualTo(1);
    assertThat(head.lastSeq()).isEqualTo(3);
    assertThat(log().of(TENANT).head(channel, new Retention(2, 86_400)).orElseThrow().firstSeq())
        .isEqualTo(2);
    assertThat(log().of(TENANT).head(channel, Retention.NOTHING).orElseThrow().firstSeq())
        .isEqualTo(4);
  }

  @Test
  void readsGoBothWaysFromASeqAndStopAtTheLimit() {
    ChannelId channel = freshChannel();
    appendMany(channel, 10);
    assertThat(seqs(log().of(TENANT).readForward(channel, 4, 3, DAYS_30)))
        .containsExactly(4L, 5L, 6L);
    assertThat(seqs(log().of(TENANT).readForward(channel, 9, 10, DAYS_30)))
        .containsExactly(9L, 10L);
    assertThat(log().of(TENANT).readForward(channel, 11, 10, DAYS_30)).isEmpty();
    assertThat(seqs(log().of(TENANT).readBackward(channel, 4, 3, DAYS_30)))
        .containsExactly(4L, 3L, 2L);
    assertThat(seqs(log().of(TENANT).readBackward(channel, Long.MAX_VALUE, 2, DAYS_30)))
        .containsExactly(10L, 9L);
    assertThat(log().of(TENANT).readBackward(channel, 0, 10, DAYS_30)).isEmpty();
  }

  @Test
  void whatRetentionNoLongerAllowsIsNeverReturned() {
    ChannelId channel = freshChannel();
    appendMany(channel, 5);
    age(channel, Duration.ofHours(2));
    append(channel, draft("late-6", "6"), draft("late-7", "7"));
    Retention hour = new Retention(Integer.MAX_VALUE, 3_600);
    assertThat(seqs(log().of(TENANT).readForward(channel, 1, 10, hour))).containsExactly(6L, 7L);
    assertThat(seqs(log().of(TENANT).readForward(channel, 7, 10, hour))).containsExactly(7L);
    assertThat(seqs(log().of(TENANT).readBackward(channel, 6, 10, hour))).containsExactly(6L);
    assertThat(log().of(TENANT).readBackward(channel, 5, 10, hour)).isEmpty();
    assertThat(log().of(TENANT).head(channel, hour).orElseThrow().firstSeq()).isEqualTo(6);
    assertThat(log().of(TENANT).seqAt(channel, 0, hour)).isEqualTo(6);
    Retention three = new Retention(3, 86_400);
    assertThat(seqs(log().of(TENANT).readForward(channel, 1, 10, three)))
        .containsExactly(5L, 6L, 7L);
    assertThat(seqs(log().of(TENANT).readBackward(channel, 7, 10, three)))
        .containsExactly(7L, 6L, 5L);
    assertThat(log().of(TENANT).readForward(channel, 1, 10, Retention.NOTHING)).isEmpty();
    assertThat(log().of(TENANT).readBackward(channel, 7, 10, Retention.NOTHING)).isEmpty();
    assertThat(seqs(log().of(TENANT).readForward(channel, 1, 10, DAYS_30))).hasSize(7);
  }

  @Test
  void seqAtFindsTheFirstMessageOfATime() {
    ChannelId channel = freshChannel();
    appendMany(channel, 120);
    age(channel, Duration.ofMinutes(10));
    Published later = append(channel, draft("later", "121"));
    long then = later.fresh().getFirst().timestamp();
    assertThat(log().of(TENANT).seqAt(channel, then, DAYS_30)).isEqualTo(121);
    assertThat(log().of(TENANT).seqAt(channel, then - 60_000, DAYS_30)).isEqualTo(121);
    assertThat(log().of(TENANT).seqAt(channel, then + 1, DAYS_30)).isEqualTo(122);
    assertThat(log().of(TENANT).seqAt(channel, 0, DAYS_30)).isEqualTo(1);
    assertThat(log().of(TENANT).seqAt(channel, 0, new Retention(50, 86_400))).isEqualTo(72);
    long old = log().of(TENANT).readForward(channel, 60, 1, DAYS_30).getFirst().timestamp();
    long found = log().of(TENANT).seqAt(channel, old, DAYS_30);
    assertThat(found).isBetween(1L, 60L);
    assertThat(log().of(TENANT).readForward(channel, found, 1, DAYS_30).getFirst().timestamp())
        .isEqualTo(old);
  }

  @Test
  void renewEndsTheEpochAndSeqGoesOn() {
    ChannelId channel = freshChannel();
    Epoch before = append(channel, draft("a", "1"), draft("b", "2")).epoch();
    EpochStart next = log().of(TENANT).renew(TENANT, channel, 0);
    assertThat(next.firstSeq()).isEqualTo(3);
    assertThat(next.epoch()).isNotEqualTo(before);
    Head head = log().of(TENANT).head(channel, DAYS_30).orElseThrow();
    assertThat(head.epochs()).containsExactly(new EpochStart(before, 1), next);
    assertThat(head.firstSeq()).isEqualTo(3);
    assertThat(head.lastSeq()).isEqualTo(2);
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).isEmpty();
    assertThat(log().of(TENANT).readBackward(channel, 10, 10, DAYS_30)).isEmpty();
    Published again = append(channel, draft("a", "another body"));
    assertThat(again.epoch()).isEqualTo(next.epoch());
    assertThat(again.items()).containsExactly(new Published.Item("a", 3));
    assertThat(
            log()
                .of(TENANT)
                .head(channel, DAYS_30)
                .orElseThrow()
                .resume(new Position(before, 2))
                .lost())
        .isNull();
  }

  @Test
  void anOutrunEpochEndsOnceAndItsMessagesStay() {
    ChannelId channel = freshChannel();
    Epoch outrun = append(channel, draft("a", "1"), draft("b", "2")).epoch();
    log().of(TENANT).supersede(TENANT, channel, outrun);
    Head next = log().of(TENANT).head(channel, DAYS_30).orElseThrow();
    assertThat(next.epoch()).isNotEqualTo(outrun);
    assertThat(next.lastSeq()).isEqualTo(2);
    assertThat(next.resume(new Position(outrun, 1)).lost()).isNull();
    assertThat(next.resume(new Position(outrun, 3)).lost()).isEqualTo(Head.Resume.Lost.AHEAD);
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).hasSize(2);
    log().of(TENANT).supersede(TENANT, channel, outrun);
    assertThat(log().of(TENANT).head(channel, DAYS_30)).contains(next);
    Published after = append(channel, draft("c", "3"));
    assertThat(after.epoch()).isEqualTo(next.epoch());
    assertThat(after.items()).containsExactly(new Published.Item("c", 3));
    log().of(TENANT).supersede(TENANT, freshChannel(), outrun);
  }

  @Test
  void renewLiesAboveTheFloorAndCreatesTheChannel() {
    ChannelId channel = freshChannel();
    EpochStart start = log().of(TENANT).renew(TENANT, channel, 41);
    assertThat(start.firstSeq()).isEqualTo(42);
    Head head = log().of(TENANT).head(channel, DAYS_30).orElseThrow();
    assertThat(head.epochs()).containsExactly(start);
    assertThat(head.lastSeq()).isEqualTo(41);
    assertThat(append(channel, draft("a", "1")).items())
        .containsExactly(new Published.Item("a", 42));
    assertThat(log().of(TENANT).renew(TENANT, channel, 7).firstSeq()).isEqualTo(43);
  }

  @Test
  void aChannelThatIsOpenedHasAPositionBeforeItsFirstMessage() {
    ChannelId channel = freshChannel();
    Head opened = log().of(TENANT).open(TENANT, channel, DAYS_30);
    assertThat(opened.lastSeq()).isZero();
    assertThat(opened.firstSeq()).isEqualTo(1);
    assertThat(log().of(TENANT).open(TENANT, channel, DAYS_30)).isEqualTo(opened);
    assertThat(log().of(TENANT).head(channel, DAYS_30)).contains(opened);
    assertThat(append(channel, draft("a", "1")).epoch()).isEqualTo(opened.epoch());
    assertThat(log().of(TENANT).open(TENANT, channel, DAYS_30).lastSeq()).isEqualTo(1);
  }

  @Test
  void theLastEightEpochsAreKnown() {
    ChannelId channel = freshChannel();
    List<EpochStart> all =
        IntStream.range(0, 11)
            .mapToObj(i -> log().of(TENANT).renew(TENANT, channel, 10L * i))
            .toList();
    assertThat(log().of(TENANT).head(channel, DAYS_30).orElseThrow().epochs())
        .containsExactlyElementsOf(all.subList(3, 11));
  }

  @Test
  void aForgottenChannelBeginsAnew() {
    ChannelId channel = freshChannel();
    Epoch before = append(channel, draft("a", "1"), draft("b", "2")).epoch();
    log().of(TENANT).forget(channel);
    assertThat(log().of(TENANT).head(channel, DAYS_30)).isEmpty();
    assertThat(log().of(TENANT).readForward(channel, 1, 10, DAYS_30)).isEmpty();
    Published answer = append(channel, draft("a", "x"));
    assertThat(answer.items()).containsExactly(new Published.Item("a", 1));
    assertThat(answer.epoch()).isNotEqualTo(before);
    log().of(TENANT).forget(freshChannel());
  }

  private Refusal refusal(ChannelId channel, String id) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> append(channel, draft(id, "1")));
    assertThat(refused.retryAfterMillis()).isPositive();
    return refused.refusal();
  }

  private static Refusal refusal(ThrowingCallable call) {
    return catchThrowableOfType(RefusedException.class, call).refusal();
  }

  @Test
  void whoComesBehindAChannelThatLeftNeitherAppendsNorBeginsIt() {
    ChannelStore store = log().of(TENANT);
    ChannelId channel = freshChannel();
    append(channel, draft("a", "1"), draft("b", "2"));
    assertThat(store.leave(TENANT, channel, Durability.DURABLE)).isEqualTo(2);
    assertThat(refusal(channel, "c")).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(seqs(store.readForward(channel, 1, 10, DAYS_30))).containsExactly(1L, 2L);
    store.forget(channel);
    assertThat(refusal(channel, "d")).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refusal(() -> store.open(TENANT, channel, DAYS_30)))
        .isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refusal(() -> store.renew(TENANT, channel, 0))).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(store.head(channel, DAYS_30)).isEmpty();

    ChannelId unknown = freshChannel();
    assertThat(store.leave(TENANT, unknown, Durability.DURABLE)).isZero();
    assertThat(refusal(unknown, "a")).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(store.head(unknown, DAYS_30)).isEmpty();
    append(freshChannel(), draft("a", "1"));
  }

  @Test
  void ofSeveralChannelsOnlyTheOneThatLeftIsRefused() {
    List<ChannelId> channels = IntStream.range(0, 8).mapToObj(i -> freshChannel()).toList();
    channels.forEach(channel -> append(channel, draft("a", "1")));
    ChannelId here = channels.get(3);
    log().of(TENANT).leave(TENANT, here, Durability.DURABLE);
    ChannelId gone = channels.get(5);
    log().of(TENANT).leave(TENANT, gone, Durability.DURABLE);
    log().of(TENANT).forget(gone);
    List<CompletionStage<Published>> answers =
        channels.stream()
            .map(channel -> log().append(unit(channel, draft("b", "2")), DAYS_30, done -> {}))
            .toList();
    for (int i = 0; i < channels.size(); i++) {
      ChannelId channel = channels.get(i);
      CompletionStage<Published> answer = answers.get(i);
      if (channel.equals(here) || channel.equals(gone)) {
        assertThat(refusal(() -> await(answer))).isEqualTo(Refusal.RULES_UNKNOWN);
      } else {
        assertThat(await(answer).items()).containsExactly(new Published.Item("b", 2));
      }
    }
  }

  @Test
  void aChannelThatArrivesIsNotLeftAnyMoreAndOfOneChangeItArrivesOnce() {
    ChannelStore store = log().of(TENANT);
    ChannelId channel = freshChannel();
    append(channel, draft("a", "1"));
    store.leave(TENANT, channel, Durability.DURABLE);
    store.forget(channel);
    EpochStart start = store.arrive(TENANT, channel, Durability.DURABLE, 7, 41);
    assertThat(start.firstSeq()).isEqualTo(42);
    Published next = append(channel, draft("b", "2"));
    assertThat(next.epoch()).isEqualTo(start.epoch());
    assertThat(next.items()).containsExactly(new Published.Item("b", 42));
    assertThat(store.arrive(TENANT, channel, Durability.DURABLE, 7, 0)).isEqualTo(start);
    assertThat(seqs(store.readForward(channel, 1, 10, DAYS_30))).containsExactly(42L);

    store.leave(TENANT, channel, Durability.DURABLE);
    EpochStart again = store.arrive(TENANT, channel, Durability.DURABLE, 8, 0);
    assertThat(again.firstSeq()).isEqualTo(43);
    assertThat(again.epoch()).isNotEqualTo(start.epoch());
    assertThat(store.readForward(channel, 1, 10, DAYS_30)).isEmpty();
    assertThat(append(channel, draft("c", "3")).epoch()).isEqualTo(again.epoch());
  }

  @Test
  void thatAChannelLeftIsRememberedForTwoMinutes() {
    ChannelStore store = log().of(TENANT);
    ChannelId channel = freshChannel();
    append(channel, draft("a", "1"));
    store.leave(TENANT, channel, Durability.DURABLE);
    store.forget(channel);
    age(channel, ChannelStore.FENCE.minusSeconds(60));
    assertThat(refusal(channel, "b")).isEqualTo(Refusal.RULES_UNKNOWN);
    age(channel, Duration.ofSeconds(61));
    assertThat(append(channel, draft("b", "2")).items())
        .containsExactly(new Published.Item("b", 1));
  }

  @Test
  void anUnknownChannelThatBeginsElsewhereIsNotBegunHere() {
    ChannelStore store = log().of(TENANT);
    ChannelId channel = freshChannel();
    assertThat(store.shun(TENANT, channel, Durability.DURABLE)).isTrue();
    assertThat(store.shun(TENANT, channel, Durability.DURABLE)).isTrue();
    assertThat(refusal(channel, "a")).isEqualTo(Refusal.RULES_UNKNOWN);
    ChannelId known = freshChannel();
    append(known, draft("a", "1"));
    assertThat(store.shun(TENANT, known, Durability.DURABLE)).isFalse();
    assertThat(append(known, draft("b", "2")).items()).containsExactly(new Published.Item("b", 2));
  }

  @Test
  void whatWasAppendedWhileAChannelLeavesIsBeforeItsEnd() throws Exception {
    for (int round = 0; round < 5; round++) {
      ChannelId channel = freshChannel();
      append(channel, draft("first", "1"));
      AtomicInteger appended = new AtomicInteger();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Long>>> publishers =
            IntStream.range(0, 6)
                .mapToObj(i -> threads.submit(() -> appendUntilRefused(channel, i, appended)))
                .toList();
        int enough = 20 * round;
        org.awaitility.Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> appended.get() >= enough);
        long last = log().of(TENANT).leave(TENANT, channel, Durability.DURABLE);
        List<Long> acknowledged = new ArrayList<>(List.of(1L));
        for (Future<List<Long>> publisher : publishers) {
          acknowledged.addAll(publisher.get());
        }
        assertThat(acknowledged)
            .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
      }
    }
  }

  private List<Long> appendUntilRefused(ChannelId channel, int publisher, AtomicInteger appended) {
    List<Long> acknowledged = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      try {
        Published done = append(channel, draft(publisher + "-" + i, "1"));
        acknowledged.add(done.items().getFirst().seq());
        appended.incrementAndGet();
      } catch (RefusedException refused) {
        assertThat(refused.refusal()).isEqualTo(Refusal.RULES_UNKNOWN);
        return acknowledged;
      }
    }
    return acknowledged;
  }

  @Test
  void storedBytesAreOfWhatIsHeld() {
    ChannelId one = freshChannel();
    ChannelId other = freshChannel();
    long before = log().storedBytes(TENANT);
    append(one, draft("a", "12345"), draft("b", "1"));
    append(one, draft("a", "12345"));
    append(
        other, new Draft("a", "nä", utf8("1"), null, "client", null, utf8("{\"h\":\"v\"}"), null));
    assertThat(log().storedBytes(TENANT) - before).isEqualTo(105 + 101 + (100 + 3 + 1 + 9));
    log().of(TENANT).renew(TENANT, one, 0);
    assertThat(log().storedBytes(TENANT) - before).isEqualTo(113);
    append(one, draft("c", "1"));
    log().of(TENANT).forget(other);
    assertThat(log().storedBytes(TENANT) - before).isEqualTo(101);
    assertThat(log().storedBytes(new TenantId(new UUID(7, 7)))).isZero();
  }

  @Test
  void emptyChannelsAreKnownThoughNotListed() {
    append(channel("known:a"), draft("a", "1"));
    append(channel("known:b"), draft("a", "1"));
    log().of(TENANT).renew(TENANT, channel("known:b"), 0);
    log().of(TENANT).open(TENANT, channel("known:c"), DAYS_30);
    append(channel("known:d"), draft("a", "1"));
    log().of(TENANT).forget(channel("known:d"));
    assertThat(log().of(TENANT).known(APP, "known:", 1))
        .extracting(ChannelName::value)
        .containsExactly("known:a");
    assertThat(log().of(TENANT).known(APP, "known:a", 100))
        .extracting(ChannelName::value)
        .startsWith("known:b", "known:c")
        .doesNotContain("known:a", "known:d");
    assertThat(log().of(TENANT).list(APP, "known:", "", 10))
        .extracting(ChannelName::value)
        .containsExactly("known:a");
  }

  @Test
  void channelsAreListedByPrefixSortedByCodePoint() {
    List<String> names =
        Arrays.asList("list:b", "list:a", "list:\uE000", "list:\uD83D\uDE00", "list", "lisz");
    for (String name : names) {
      append(channel(name), draft("a", "1"));
    }
    log().of(TENANT).renew(TENANT, channel("list:renewed"), 0);
    assertThat(log().of(TENANT).list(APP, "list:", "", 10))
        .extracting(ChannelName::value)
        .containsExactly("list:a", "list:b", "list:\uE000", "list:\uD83D\uDE00");
    assertThat(log().of(TENANT).list(APP, "list:", "list:a", 2))
        .extracting(ChannelName::value)
        .containsExactly("list:b", "list:\uE000");
    assertThat(log().of(TENANT).list(APP, "lis", "lisa", 3))
        .extracting(ChannelName::value)
        .containsExactly("list", "list:a", "list:b");
    assertThat(log().of(TENANT).list(new AppId("1002"), "list:", "", 10)).isEmpty();
  }
}
