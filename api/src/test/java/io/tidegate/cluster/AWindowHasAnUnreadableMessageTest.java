package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads past a message that cannot be read is told that one is missing, and goes on. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AWindowHasAnUnreadableMessageTest {
  private static final int VERSION_OF_THE_MESSAGE = 16;

  private final TwoNodes nodes = TwoNodes.start("unreadable");
  private final TestApp first = TestApp.create(nodes.first(), "Unreadable");
  private final TestApp second = first.at(nodes.second());

  @AfterAll
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatReadsItsPastIsToldOfTheHole(Transport transport) {
    String channel = "hole:" + transport;
    first.publisher().numbers(channel, 10);
    spoil(channel, 5);
    try (Client client = transport.rewound(second, Credential.key(second.key()), "10", channel)) {
      client.frames().awaitSeq(channel, 10);
      first.publisher().numbers(channel, 2);
      client.frames().awaitSeq(channel, 12);
      assertThat(client.frames().numbers(channel))
          .containsExactly(1, 2, 3, 4, 6, 7, 8, 9, 10, 1, 2);
      List<JsonNode> jumps = client.frames().ofType("discontinuity");
      assertThat(jumps).hasSize(1);
      assertThat(jumps.getFirst().path("seq").asLong()).as("%s", jumps).isEqualTo(5);
    }
  }

  private void spoil(String channel, int seq) {
    ChannelId id = new ChannelId(new AppId(first.id()), new ChannelName(channel));
    String window = RedisChannel.of(id).base() + ":w";
    try (RedisClient client = RedisClient.create(nodes.redis().url());
        StatefulRedisConnection<String, byte[]> raw =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
      byte[] entry = raw.sync().lindex(window, seq - 1);
      entry[VERSION_OF_THE_MESSAGE] = 99;
      raw.sync().lset(window, seq - 1, entry);
    }
  }
}
