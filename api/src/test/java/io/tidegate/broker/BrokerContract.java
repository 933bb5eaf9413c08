package io.tidegate.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises. */
@SuppressWarnings("JUnitClassModifiers")
abstract class BrokerContract {
  static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  static final AppId APP = new AppId("482913");
  static final Retention WINDOW = new Retention(1_000, 120);
  private static final AtomicInteger CHANNELS = new AtomicInteger();

  final Heard heard = new Heard();

  abstract Broker broker();

  /** Lets so much time pass for what is kept. */
  abstract void pass(Duration time);

  /** So much of what is kept may be over before it is looked at, as the server's clock goes on. */
  Duration slack() {
    return Duration.ofSeconds(1);
  }

  @BeforeEach
  void listen() {
    broker().listen(heard);
  }

  static ChannelId freshChannel() {
    return channel("contract:" + CHANNELS.incrementAndGet());
  }

  static ChannelId channel(String name) {
    return new ChannelId(APP, new ChannelName(name));
  }

  static Draft draft(String id, String data) {
    return new Draft(id, "n", data.getBytes(StandardCharsets.UTF_8), null, null, null, null, null);
  }

  Published publish(ChannelId channel, Retention keep, Draft... drafts) {
    return broker()
        .publish(new PublishUnit(TENANT, channel, List.of(drafts)), keep)
        .toCompletableFuture()
        .join();
  }

  Published publishSome(ChannelId channel, Retention keep, String prefix, int count) {
    return publish(
        channel,
        keep,
        IntStream.range(0, count).mapToObj(i -> draft(prefix + i, "" + i)).toArray(Draft[]::new));
  }

  Refusal refusal(ChannelId channel, Retention keep, Draft... drafts) {
    Throwable failure =
        broker()
            .publish(new PublishUnit(TENANT, channel, List.of(drafts)), keep)
            .handle((done, why) -> why)
            .toCompletableFuture()
            .join();
    assertThat(failure).isNotNull();
    return RefusedException.of(failure).refusal();
  }

  List<Long> kept(ChannelId channel, Retention keep) {
    return broker().readForward(channel, 1, 10_000, keep).stream().map(Message::seq).toList();
  }

  void hears(ChannelId channel, Long... seqs) {
    await().untilAsserted(() -> assertThat(heard.seqs(channel)).containsExactly(seqs));
  }

  static List<Long> seqs(Published published) {
    return published.items().stream().map(Published.Item::seq).toList();
  }

  @Test
  void unitsGetConsecutiveNumbersAndAreHeardOnce() {
    ChannelId channel = freshChannel();
    broker().subscribe(channel).toCompletableFuture().join();
    Published first = publish(channel, WINDOW, draft("a", "1"), draft("b", "2"));
    Published second = publish(channel, WINDOW, draft("c", "3"));
    assertThat(first.items())
        .containsExactly(new Published.Item("a", 1), new Published.Item("b", 2));
    assertThat(second.items()).containsExactly(new Published.Item("c", 3));
    assertThat(second.epoch()).isEqualTo(first.epoch());
    hears(channel, 1L, 2L, 3L);
    assertThat(heard.runs()).allSatisfy(run -> assertThat(run.epoch()).isEqualTo(first.epoch()));
    Message message = broker().readForward(channel, 2, 1, WINDOW).getFirst();
    assertThat(message.id()).isEqualTo("b");
    assertThat(message.name()).isEqualTo("n");
    assertThat(message.data()).isEqualTo(new byte[] {'2'});
    assertThat(message.timestamp()).isPositive();
  }

  @Test
  void aRetryGetsTheFirstAnswerAndIsNotHeardAgain() {
    ChannelId channel = freshChannel();
    broker().subscribe(channel).toCompletableFuture().join();
    publish(channel, WINDOW, draft("a", "1"), draft("b", "2"));
    Published retry = publish(channel, WINDOW, draft("b", "2"), draft("c", "3"), draft("a", "1"));
    assertThat(seqs(retry)).containsExactly(2L, 3L, 1L);
    assertThat(retry.fresh()).extracting(Message::seq).containsExactly(3L);
    Published allKnown = publish(channel, WINDOW, draft("a", "1"));
    assertThat(allKnown.fresh()).isEmpty();
    publish(channel, WINDOW, draft("d", "4"));
    hears(channel, 1L, 2L, 3L, 4L);
  }

  @Test
  void anIdOfAnotherMessageRefusesTheWholeUnit() {
    ChannelId channel = freshChannel();
    publish(channel, WINDOW, draft("a", "1"));
    assertThat(refusal(channel, WINDOW, draft("new", "1"), draft("a", "changed")))
        .isEqualTo(Refusal.MESSAGE_ID_REUSED);
    assertThat(kept(channel, WINDOW)).containsExactly(1L);
    assertThat(seqs(publish(channel, WINDOW, draft("new", "1")))).containsExactly(2L);
  }

  @Test
  void idsAreKnownForTwoMinutesEvenWhenTheMessageIsGone() {
    ChannelId channel = freshChannel();
    Retention small = new Retention(1, 120);
    publish(channel, small, draft("a", "1"));
    publish(channel, small, draft("b", "1"));
    pass(Duration.ofSeconds(120).minus(slack()));
    assertThat(kept(channel, small)).containsExactly(2L);
    assertThat(seqs(publish(channel, small, draft("a", "1")))).containsExactly(1L);
    pass(slack().plusSeconds(1));
    assertThat(seqs(publish(channel, small, draft("a", "1")))).containsExactly(3L);
  }

  @Test
  void aChannelOfClassNoneCountsAndKeepsNothing() {
    ChannelId channel = freshChannel();
    publish(channel, Retention.NOTHING, draft("a", "1"));
    Published again = publish(channel, Retention.NOTHING, draft("a", "other"));
    assertThat(seqs(again)).containsExactly(2L);
    assertThat(kept(channel, Retention.NOTHING)).isEmpty();
    Head head = broker().head(channel, Retention.NOTHING).orElseThrow();
    assertThat(head.lastSeq()).isEqualTo(2);
    assertThat(head.firstSeq()).isEqualTo(3);
  }

  @Test
  void theWindowIsBoundedByCountAndByTime() {
    ChannelId channel = freshChannel();
    Retention ten = new Retention(10, 60);
    publishSome(channel, ten, "a", 8);
    pass(Duration.ofSeconds(60).minus(slack()));
    publishSome(channel, ten, "b", 4);
    assertThat(kept(channel, ten)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    pass(slack().plusSeconds(1));
    assertThat(kept(channel, ten)).containsExactly(9L, 10L, 11L, 12L);
    Head head = broker().head(channel, ten).orElseThrow();
    assertThat(head.firstSeq()).isEqualTo(9);
    assertThat(kept(channel, new Retention(2, 60)))
        .as("rules may narrow")
        .containsExactly(11L, 12L);
    pass(Duration.ofSeconds(60));
    assertThat(kept(channel, ten)).isEmpty();
    assertThat(broker().head(channel, ten).orElseThrow().firstSeq()).isEqualTo(13);
  }

  @Test
  void pagesAreReadInBothDirectionsAndFoundByTime() {
    ChannelId channel = freshChannel();
    Published early = publishSome(channel, WINDOW, "a", 3);
    pass(Duration.ofSeconds(10));
    Published late = publishSome(channel, WINDOW, "b", 2);
    assertThat(broker().readForward(channel, 2, 2, WINDOW))
        .extracting(Message::seq)
        .containsExactly(2L, 3L);
    assertThat(broker().readBackward(channel, 4, 2, WINDOW))
        .extracting(Message::seq)
        .containsExactly(4L, 3L);
    assertThat(broker().readBackward(channel, Long.MAX_VALUE, 10, WINDOW))
        .extracting(Message::seq)
        .containsExactly(5L, 4L, 3L, 2L, 1L);
    long then = early.fresh().getFirst().timestamp();
    long later = late.fresh().getFirst().timestamp();
    assertThat(broker().seqAt(channel, 0, WINDOW)).isEqualTo(1);
    assertThat(broker().seqAt(channel, then, WINDOW)).isEqualTo(1);
    assertThat(broker().seqAt(channel, then + 1, WINDOW)).isEqualTo(4);
    assertThat(broker().seqAt(channel, later, WINDOW)).isEqualTo(4);
    assertThat(broker().seqAt(channel, later + 1, WINDOW)).isEqualTo(6);
  }

  @Test
  void anUnknownChannelIsEmptyUntilItIsOpened() {
    ChannelId channel = freshChannel();
    assertThat(broker().head(channel, WINDOW)).isEmpty();
    assertThat(kept(channel, WINDOW)).isEmpty();
    assertThat(broker().seqAt(channel, 0, WINDOW)).isEqualTo(1);
    Head opened = broker().open(TENANT, channel, WINDOW);
    assertThat(opened.lastSeq()).isZero();
    assertThat(broker().open(TENANT, channel, WINDOW)).isEqualTo(opened);
    assertThat(publish(channel, WINDOW, draft("a", "1")).epoch()).isEqualTo(opened.epoch());
  }

  @Test
  void aRenewedChannelForgetsAndCountsOn() {
    ChannelId channel = freshChannel();
    Epoch before = publishSome(channel, WINDOW, "a", 3).epoch();
    EpochStart next = broker().renew(TENANT, channel, 0);
    assertThat(next.epoch()).isNotEqualTo(before);
    assertThat(next.firstSeq()).isEqualTo(4);
    assertThat(kept(channel, WINDOW)).isEmpty();
    Published again = publish(channel, WINDOW, draft("a0", "changed"));
    assertThat(again.epoch()).isEqualTo(next.epoch());
    assertThat(seqs(again)).containsExactly(4L);
    assertThat(broker().renew(TENANT, channel, 100).firstSeq()).isEqualTo(101);
    assertThat(broker().renew(TENANT, freshChannel(), 7).firstSeq()).isEqualTo(8);
  }

  @Test
  void anOutrunEpochEndsOnce() {
    ChannelId channel = freshChannel();
    Epoch outrun = publishSome(channel, WINDOW, "a", 3).epoch();
    broker().supersede(TENANT, channel, outrun);
    Head next = broker().head(channel, WINDOW).orElseThrow();
    assertThat(next.epoch()).isNotEqualTo(outrun);
    assertThat(next.lastSeq()).isEqualTo(3);
    broker().supersede(TENANT, channel, outrun);
    assertThat(broker().head(channel, WINDOW)).contains(next);
    assertThat(seqs(publish(channel, WINDOW, draft("a0", "changed")))).containsExactly(4L);
  }

  @Test
  void aForgottenChannelBeginsAnotherEpoch() {
    ChannelId channel = freshChannel();
    Epoch before = publish(channel, WINDOW, draft("a", "1")).epoch();
    broker().forget(channel);
    assertThat(broker().head(channel, WINDOW)).isEmpty();
    assertThat(publish(channel, WINDOW, draft("a", "2")).epoch()).isNotEqualTo(before);
  }

  private static final Retention NONE = Retention.NOTHING;

  private static Refusal refusal(ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused.retryAfterMillis()).isPositive();
    return refused.refusal();
  }

  @Test
  void whoComesBehindAChannelThatLeftNeitherPublishesNorBeginsIt() {
    ChannelId channel = freshChannel();
    publishSome(channel, WINDOW, "a", 2);
    assertThat(broker().leave(TENANT, channel, Durability.WINDOW)).isEqualTo(2);
    assertThat(refusal(channel, WINDOW, draft("b", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(kept(channel, WINDOW)).containsExactly(1L, 2L);
    broker().forget(channel);
    assertThat(refusal(channel, WINDOW, draft("c", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refusal(() -> broker().open(TENANT, channel, WINDOW)))
        .isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(broker().head(channel, WINDOW)).isEmpty();

    ChannelId unknown = freshChannel();
    assertThat(broker().leave(TENANT, unknown, Durability.NONE)).isZero();
    assertThat(refusal(unknown, NONE, draft("a", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(refusal(() -> broker().renew(TENANT, unknown, 0))).isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(broker().head(unknown, NONE)).isEmpty();
    assertThat(broker().list(APP, unknown.name().value(), "", 10)).isEmpty();
    assertThat(seqs(publish(freshChannel(), WINDOW, draft("a", "1")))).containsExactly(1L);
  }

  @Test
  void aWindowHasNoHoleOfAPublishThatTookItForAChannelThatKeepsNothing() {
    ChannelId channel = freshChannel();
    Epoch before = publish(channel, NONE, draft("a", "1")).epoch();
    broker().leave(TENANT, channel, Durability.NONE);
    EpochStart next = broker().arrive(TENANT, channel, Durability.WINDOW, 7, 1);
    assertThat(next.epoch()).isNotEqualTo(before);
    assertThat(next.firstSeq()).isEqualTo(2);
    publish(channel, WINDOW, draft("b", "1"));
    assertThat(refusal(channel, NONE, draft("late", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    publish(channel, WINDOW, draft("c", "1"));
    assertThat(kept(channel, WINDOW)).containsExactly(2L, 3L);
    assertThat(broker().readForward(channel, 3, 1, WINDOW))
        .extracting(Message::id)
        .containsExactly("c");
  }

  @Test
  void aChannelThatArrivesIsNotLeftAnyMoreAndOfOneChangeItArrivesOnce() {
    ChannelId channel = freshChannel();
    publish(channel, WINDOW, draft("a", "1"));
    broker().leave(TENANT, channel, Durability.WINDOW);
    broker().forget(channel);
    EpochStart start = broker().arrive(TENANT, channel, Durability.WINDOW, 7, 41);
    assertThat(start.firstSeq()).isEqualTo(42);
    Published next = publish(channel, WINDOW, draft("b", "1"));
    assertThat(next.epoch()).isEqualTo(start.epoch());
    assertThat(seqs(next)).containsExactly(42L);
    assertThat(broker().arrive(TENANT, channel, Durability.WINDOW, 7, 0)).isEqualTo(start);
    assertThat(kept(channel, WINDOW)).containsExactly(42L);

    EpochStart again = broker().arrive(TENANT, channel, Durability.NONE, 8, 0);
    assertThat(again.firstSeq()).isEqualTo(43);
    assertThat(again.epoch()).isNotEqualTo(start.epoch());
    assertThat(kept(channel, WINDOW)).isEmpty();
  }

  @Test
  void thatAChannelLeftIsRememberedForTwoMinutes() {
    ChannelId channel = freshChannel();
    publish(channel, WINDOW, draft("a", "1"));
    broker().leave(TENANT, channel, Durability.WINDOW);
    broker().forget(channel);
    pass(ChannelStore.FENCE.minusSeconds(60));
    assertThat(refusal(channel, WINDOW, draft("b", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    pass(Duration.ofSeconds(61));
    assertThat(seqs(publish(channel, WINDOW, draft("b", "1")))).containsExactly(1L);
  }

  @Test
  void anUnknownChannelThatBeginsAsAnotherClassIsBegunAsNoOther() {
    ChannelId channel = freshChannel();
    assertThat(broker().shun(TENANT, channel, Durability.NONE)).isTrue();
    assertThat(refusal(channel, NONE, draft("a", "1"))).isEqualTo(Refusal.RULES_UNKNOWN);
    publish(channel, WINDOW, draft("a", "1"));
    assertThat(broker().shun(TENANT, channel, Durability.NONE))
        .as("a window is not of the class that keeps nothing")
        .isTrue();
    assertThat(broker().shun(TENANT, channel, Durability.WINDOW)).isFalse();
    assertThat(seqs(publish(channel, WINDOW, draft("b", "1")))).containsExactly(2L);
    assertThat(kept(channel, WINDOW)).containsExactly(1L, 2L);
  }

  @Test
  void whatWasPublishedWhileAChannelLeavesIsBeforeItsEnd() throws Exception {
    for (int round = 0; round < 5; round++) {
      ChannelId channel = freshChannel();
      AtomicInteger published = new AtomicInteger();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Long>>> publishers =
            IntStream.range(0, 6)
                .mapToObj(i -> threads.submit(() -> publishUntilRefused(channel, i, published)))
                .toList();
        int enough = 20 * round;
        await().atMost(Duration.ofMinutes(1)).until(() -> published.get() >= enough);
        long last = broker().leave(TENANT, channel, Durability.WINDOW);
        List<Long> acknowledged = new ArrayList<>();
        for (Future<List<Long>> publisher : publishers) {
          acknowledged.addAll(publisher.get());
        }
        assertThat(acknowledged)
            .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
      }
    }
  }

  /** So many that the memory of a node holds them. */
  private List<Long> publishUntilRefused(ChannelId channel, int publisher, AtomicInteger count) {
    List<Long> acknowledged = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      try {
        acknowledged.addAll(seqs(publish(channel, WINDOW, draft(publisher + "-" + i, "1"))));
        count.incrementAndGet();
      } catch (CompletionException e) {
        assertThat(RefusedException.of(e).refusal()).isEqualTo(Refusal.RULES_UNKNOWN);
        return acknowledged;
      }
    }
    return acknowledged;
  }

  @Test
  void whatTheLogCommittedAndEndsOfEpochsAreCarried() {
    ChannelId channel = freshChannel();
    broker().subscribe(channel).toCompletableFuture().join();
    Epoch epoch = new Epoch("durable");
    broker().announce(channel, epoch, List.of(draft("a", "1").numbered(41, 5)), null);
    EpochStart next = new EpochStart(new Epoch("next"), 42);
    broker().announceEpoch(channel, next, EpochEnd.RULES);
    hears(channel, 41L);
    await()
        .untilAsserted(
            () ->
                assertThat(heard.ended())
                    .containsExactly(new Heard.Ended(channel, next, EpochEnd.RULES)));
  }

  @Test
  void namesAreListedByPrefixInOneOrderPageByPage() {
    AppId app = new AppId("77");
    for (String name : List.of("list:b", "list:a", "list:\uE000", "list:😀", "list", "lisz")) {
      publish(new ChannelId(app, new ChannelName(name)), WINDOW, draft("a", "1"));
    }
    publish(new ChannelId(new AppId("771"), new ChannelName("list:c")), WINDOW, draft("a", "1"));
    assertThat(broker().list(app, "list:", "", 10))
        .extracting(ChannelName::value)
        .containsExactly("list:a", "list:b", "list:\uE000", "list:😀");
    assertThat(broker().list(app, "list:", "list:a", 2))
        .extracting(ChannelName::value)
        .containsExactly("list:b", "list:\uE000");
    assertThat(broker().list(app, "", "list:b", 10))
        .extracting(ChannelName::value)
        .containsExactly("list:\uE000", "list:😀", "lisz");
    assertThat(broker().list(new AppId("78"), "", "", 10)).isEmpty();
  }

  @Test
  void aNameIsClaimedOnceUntilItsTimeIsOver() {
    String name = "ticket:" + CHANNELS.incrementAndGet();
    assertThat(broker().claim(name + "x", Duration.ofMinutes(1))).isTrue();
    assertThat(broker().claim(name + "x", Duration.ofMinutes(1))).isFalse();
    assertThat(broker().claim(name, Duration.ofMillis(300))).isTrue();
    await().until(() -> broker().claim(name, Duration.ofMinutes(1)));
    assertThat(broker().claim(name, Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void concurrentPublishersGetEverySeqOnceAndAreHeardInOrder() throws Exception {
    ChannelId channel = freshChannel();
    broker().subscribe(channel).toCompletableFuture().join();
    Retention keep = new Retention(10_000, 600);
    List<Long> given = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> publishers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String prefix = "p" + i + "-";
        publishers.add(
            threads.submit(
                () -> {
                  List<Long> own = new ArrayList<>();
                  for (int unit = 0; unit < 50; unit++) {
                    own.addAll(seqs(publishSome(channel, keep, prefix + unit + "-", 5)));
                  }
                  assertThat(own).as("one publisher's order").isSorted();
                  return own;
                }));
      }
      for (Future<List<Long>> publisher : publishers) {
        given.addAll(publisher.get());
      }
    }
    Long[] all = LongStream.rangeClosed(1, 2_000).boxed().toArray(Long[]::new);
    assertThat(given).containsExactlyInAnyOrder(all);
    hears(channel, all);
    assertThat(kept(channel, keep)).containsExactly(all);
  }
}
