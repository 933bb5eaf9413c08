package io.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.TenantId;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.tenant.MemoryDirectory;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of a channel's past for everyone, and for how long it is kept. */
class ReplayTest {
  private static final AppId APP = new AppId("482913");
  private static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final ChannelId CHANNEL = new ChannelId(APP, new ChannelName("c"));

  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryMessageLog log = new MemoryMessageLog();
  private final Stores stores =
      new Stores(directory, new MemoryBroker(InstantSource.system(), 1 << 20), log);
  private long nanos;
  private final Replay replay =
      new Replay(stores, Runnable::run, InstantSource.system(), () -> nanos);
  private int made;

  @BeforeEach
  void begin() {
    Namespace plain = Namespace.DEFAULT;
    directory.putApp(APP, TENANT);
    directory.putRules(
        APP,
        new Namespace(
            "n",
            new ChannelPattern("*"),
            Durability.DURABLE,
            plain.window(),
            plain.retentionDays(),
            plain.rewind(),
            plain.maxMessageBytes(),
            plain.open(),
            plain.clientPublish(),
            plain.presence(),
            plain.conflate(),
            plain.requireClientId()));
  }

  private Epoch publish(int count) {
    Epoch epoch = new Epoch("none");
    for (int i = 0; i < count; i++) {
      Draft draft = new Draft("m" + made++, null, new byte[] {'1'}, null, null, null, null, null);
      PublishUnit unit = new PublishUnit(TENANT, CHANNEL, List.of(draft));
      epoch = of(log.append(unit, stores.of(CHANNEL).keep(), done -> {})).epoch();
    }
    return epoch;
  }

  private static <T> T of(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  private List<Long> read(long from) {
    return seqs(of(replay.read(CHANNEL, from)).messages());
  }

  private static List<Long> seqs(List<EncodedMessage> messages) {
    return messages.stream().map(EncodedMessage::seq).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void passSeconds(long seconds) {
    nanos += seconds * 1_000_000_000;
    replay.sweep();
  }

  @Test
  void aBlockIsReadOnceHoweverManyAskAndItsEndGrows() {
    publish(300);
    assertThat(read(1)).isEqualTo(range(1, 256));
    assertThat(read(200)).isEqualTo(range(200, 256));
    assertThat(replay.reads()).isEqualTo(1);
    assertThat(read(257)).isEqualTo(range(257, 300));
    publish(10);
    assertThat(read(290)).isEqualTo(range(290, 310));
    assertThat(read(257)).isEqualTo(range(257, 310));
    assertThat(replay.reads()).isEqualTo(3);
    assertThat(read(311)).isEmpty();
    assertThat(replay.reads()).isEqualTo(3);
  }

  @Test
  void aBlockThatNobodyReadsForTwoMinutesIsForgotten() {
    publish(300);
    read(1);
    read(257);
    long both = replay.cachedBytes();
    assertThat(both).isPositive();
    passSeconds(100);
    assertThat(replay.cachedBytes()).isEqualTo(both);
    read(1);
    passSeconds(100);
    assertThat(replay.cachedBytes()).as("the one that was read").isBetween(1L, both - 1);
    read(1);
    assertThat(replay.reads()).isEqualTo(2);
    passSeconds(Blocks.UNUSED.toSeconds());
    assertThat(replay.cachedBytes()).isZero();
    assertThat(read(1)).isEqualTo(range(1, 256));
    assertThat(replay.reads()).isEqualTo(3);
  }

  @Test
  void whatTheStoreHasLostIsNotReadFromMemory() {
    publish(10);
    assertThat(read(1)).isEqualTo(range(1, 10));
    log.loseFrom(CHANNEL, 8);
    assertThat(read(1)).isEqualTo(range(1, 7));
    assertThat(seqs(of(replay.readNow(CHANNEL, 7)).messages())).containsExactly(7L);
    assertThat(of(replay.readNow(CHANNEL, 8)).messages()).isEmpty();
  }

  @Test
  void whatComesByItselfIsNotReadForAnybody() {
    publish(10);
    assertThat(seqs(of(replay.read(CHANNEL, 1, 10)).messages())).isEqualTo(range(1, 10));
    publish(5);
    assertThat(seqs(of(replay.read(CHANNEL, 3, 10)).messages())).isEqualTo(range(3, 10));
    assertThat(replay.reads()).isEqualTo(1);
    assertThat(seqs(of(replay.read(CHANNEL, 12, 13)).messages())).isEqualTo(range(12, 13));
    assertThat(replay.reads()).isEqualTo(2);
    assertThat(read(3)).isEqualTo(range(3, 15));
    assertThat(seqs(of(replay.read(CHANNEL, 3, 10)).messages())).isEqualTo(range(3, 15));
    assertThat(replay.reads()).isEqualTo(3);
  }

  @Test
  void whoSharesAReadThatEndsTooEarlyReadsOn() {
    publish(15);
    Deque<Runnable> blocking = new ArrayDeque<>();
    Replay slow = new Replay(stores, blocking::add, InstantSource.system(), () -> nanos);
    CompletionStage<Replay.Block> first = slow.read(CHANNEL, 1, 10);
    CompletionStage<Replay.Block> within = slow.read(CHANNEL, 8, 15);
    CompletionStage<Replay.Block> behind = slow.read(CHANNEL, 12, 15);
    while (!blocking.isEmpty()) {
      blocking.poll().run();
    }
    assertThat(seqs(of(first).messages())).isEqualTo(range(1, 10));
    assertThat(seqs(of(within).messages())).isEqualTo(range(8, 10));
    assertThat(seqs(of(behind).messages())).isEqualTo(range(12, 15));
    assertThat(slow.blockReads()).isEqualTo(1);
    assertThat(slow.growthReads()).isEqualTo(1);
  }

  @Test
  void whatIsReadNowIsReadAnewAndNoFurtherThanItsBlock() {
    publish(300);
    read(1);
    assertThat(seqs(of(replay.readNow(CHANNEL, 250)).messages())).isEqualTo(range(250, 256));
    assertThat(seqs(of(replay.readNow(CHANNEL, 257)).messages())).isEqualTo(range(257, 300));
    assertThat(replay.reads()).isEqualTo(3);
    assertThat(replay.repairReads()).isEqualTo(2);
    assertThat(of(replay.readNow(CHANNEL, 301)).head().lastSeq()).isEqualTo(300);
    assertThat(replay.reads()).isEqualTo(3);
  }

  @Test
  void messagesOfAnOlderEpochSayWhichOne() {
    Epoch before = publish(2);
    of(replay.supersede(CHANNEL, before));
    Epoch after = publish(1);
    of(replay.supersede(CHANNEL, before));
    assertThat(after).isNotEqualTo(before);
    List<Epoch> epochs = new ArrayList<>();
    of(replay.read(CHANNEL, 1)).messages().forEach(message -> epochs.add(message.epoch()));
    assertThat(epochs).containsExactly(before, before, after);
  }
}
