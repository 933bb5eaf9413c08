package io.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Message;
import io.tidegate.channel.TenantId;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.log.LogDatabase;
import io.tidegate.redis.RedisProcess;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Entries of a window in Redis that this release cannot read: holes, and nothing worse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableMessagesTest {
  private static final AppId APP = new AppId("482913");
  private static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final int HEAD = 2 * Long.BYTES;

  private final RedisProcess redis = RedisProcess.start();
  private final AtomicInteger made = new AtomicInteger();
  private StoreNode node;
  private Replay replay;

  @BeforeAll
  void start() throws Exception {
    LogDatabase database = LogDatabase.fresh("store_unreadable");
    database.addApp(TENANT, APP);
    node = StoreNode.start(redis, database, (name, ttl) -> true, TENANT, APP);
    node.rules(Durability.WINDOW);
    replay = new Replay(node.stores(), Runnable::run, InstantSource.system());
  }

  @AfterAll
  void stop() {
    node.close();
    redis.close();
  }

  private ChannelId channelWith(int messages) {
    ChannelId channel = new ChannelId(APP, new ChannelName("window:" + made.incrementAndGet()));
    for (int i = 1; i <= messages; i++) {
      node.publish(channel, "m" + i);
    }
    return channel;
  }

  private void spoil(ChannelId channel, long seq, UnaryOperator<byte[]> how) {
    String key = RedisChannel.of(channel).base() + ":w";
    byte[] entry = node.link().ask(c -> c.lindex(key, seq - 1)).toCompletableFuture().join();
    node.link().ask(c -> c.lset(key, seq - 1, how.apply(entry))).toCompletableFuture().join();
  }

  private static byte[] ofALaterVersion(byte[] entry) {
    entry[HEAD] = 99;
    return entry;
  }

  private static byte[] withAFieldThatHasNoEnd(byte[] entry) {
    ByteBuffer.wrap(entry).putInt(HEAD + 2, Integer.MAX_VALUE);
    return entry;
  }

  private List<Long> replayed(ChannelId channel, long from) {
    Replay.Block found = replay.read(channel, from).toCompletableFuture().join();
    Replay.Block now = replay.readNow(channel, from).toCompletableFuture().join();
    List<Long> seqs = found.messages().stream().map(EncodedMessage::seq).toList();
    assertThat(now.messages()).extracting(EncodedMessage::seq).containsExactlyElementsOf(seqs);
    return seqs;
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(Message::seq).toList();
  }

  @Test
  void oneIsLeftOutAndARunEndsBeforeIt() {
    ChannelId channel = channelWith(10);
    ChannelId other = channelWith(3);
    spoil(channel, 5, UnreadableMessagesTest::ofALaterVersion);
    spoil(channel, 8, UnreadableMessagesTest::withAFieldThatHasNoEnd);
    Held held = node.stores().of(channel);
    assertThat(seqs(held.readForward(1, 10))).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 9L, 10L);
    assertThat(seqs(held.readBackward(10, 10))).containsExactly(10L, 9L, 7L, 6L, 4L, 3L, 2L, 1L);
    for (int again = 0; again < 2; again++) {
      assertThat(replayed(channel, 1)).isEqualTo(range(1, 4));
      assertThat(replayed(channel, 5)).isEqualTo(range(6, 7));
      assertThat(replayed(channel, 8)).isEqualTo(range(9, 10));
    }
    assertThat(replayed(other, 1)).isEqualTo(range(1, 3));
    node.publish(channel, "m11");
    assertThat(replayed(channel, 9)).isEqualTo(range(9, 11));
  }

  @Test
  void theFirstAndTheLastAreHolesToo() {
    ChannelId channel = channelWith(4);
    spoil(channel, 1, UnreadableMessagesTest::ofALaterVersion);
    spoil(channel, 4, UnreadableMessagesTest::ofALaterVersion);
    assertThat(replayed(channel, 1)).isEqualTo(range(2, 3));
    assertThat(replayed(channel, 4)).isEmpty();
    node.publish(channel, "m5");
    assertThat(replayed(channel, 4)).isEqualTo(range(5, 5));
  }

  @Test
  void whatLiesBehindAWholeBlockOfThemIsFound() {
    ChannelId channel = channelWith(2 * Replay.BLOCK + 10);
    for (long seq = 3; seq <= 2 * Replay.BLOCK + 5; seq++) {
      spoil(channel, seq, UnreadableMessagesTest::ofALaterVersion);
    }
    assertThat(replayed(channel, 1)).isEqualTo(range(1, 2));
    assertThat(replayed(channel, 3)).isEqualTo(range(2 * Replay.BLOCK + 6, 2 * Replay.BLOCK + 10));
    Held held = node.stores().of(channel);
    assertThat(seqs(held.readForward(3, 10))).isNotEmpty();
    assertThat(seqs(held.readBackward(2 * Replay.BLOCK + 5, 10))).containsExactly(2L, 1L);
  }

  @Test
  void whatIsNoEntryAtAllStopsNeitherReadersNorPublishers() {
    ChannelId channel = channelWith(4);
    spoil(channel, 1, entry -> new byte[] {1});
    spoil(channel, 3, entry -> Arrays.copyOf(entry, HEAD));
    node.publish(channel, "m5");
    node.publish(channel, "m6");
    assertThat(seqs(node.stores().of(channel).readForward(1, 10))).containsExactly(2L, 4L, 5L, 6L);
    assertThat(replayed(channel, 5)).isEqualTo(range(5, 6));
  }
}
