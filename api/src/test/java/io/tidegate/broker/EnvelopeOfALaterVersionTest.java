package io.tidegate.broker;

import static io.tidegate.broker.BrokerContract.TENANT;
import static io.tidegate.broker.BrokerContract.WINDOW;
import static io.tidegate.broker.BrokerContract.draft;
import static io.tidegate.broker.BrokerContract.freshChannel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.PublishUnit;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A node of the next release, or a stranger, publishes what this one cannot read. */
final class EnvelopeOfALaterVersionTest {
  private static final long STRANGER = 4711;

  @Test
  void isLeftOutAndWhatFollowsIsHeard() {
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    try (RedisProcess redis = RedisProcess.start();
        RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, byte[]> raw =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
      RedisLink link = PatientLink.open(redis.url(), timer);
      RedisBroker broker = new RedisBroker(link, timer, new MemoryClaims()::claim);
      ChannelId channel = freshChannel();
      Heard heard = new Heard();
      broker.listen(heard);
      broker.subscribe(channel).toCompletableFuture().join();
      String base = RedisChannel.of(channel).base();

      publish(broker, channel, "before");
      for (byte[] unreadable : unreadable()) {
        assertThat(raw.sync().publish(base, unreadable)).isOne();
      }
      publish(broker, channel, "after");
      publish(broker, channel, "and more");

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(heard.seqs(channel))
                      .containsExactlyElementsOf(LongStream.rangeClosed(1, 3).boxed().toList()));
      assertThat(heard.ended()).isEmpty();
      broker.close();
      link.close();
    } finally {
      timer.shutdownNow();
    }
  }

  private static void publish(RedisBroker broker, ChannelId channel, String id) {
    broker
        .publish(new PublishUnit(TENANT, channel, List.of(draft(id, "1"))), WINDOW)
        .toCompletableFuture()
        .join();
  }

  private static List<byte[]> unreadable() {
    Epoch epoch = new Epoch("abcdefgh");
    byte[] messages =
        Envelope.of(STRANGER, epoch, List.of(draft("later", "{}").numbered(2, 1_000)));
    byte[] beginning = Envelope.of(STRANGER, new EpochStart(epoch, 9), EpochEnd.values()[0]);
    byte[] anotherKind = messages.clone();
    anotherKind[1] = 99;
    return List.of(
        later(messages),
        later(beginning),
        anotherKind,
        Arrays.copyOf(messages, messages.length - 3),
        Arrays.copyOf(messages, 1),
        new byte[0]);
  }

  private static byte[] later(byte[] envelope) {
    byte[] later = envelope.clone();
    later[0] = Envelope.VERSION + 1;
    return later;
  }
}
