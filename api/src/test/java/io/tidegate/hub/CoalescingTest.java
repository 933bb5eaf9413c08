package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flushing goes in turns: what arrives meanwhile goes along to those whose flush is to come. */
class CoalescingTest {
  private static final int CLIENTS = 40;

  private final World world = new World();
  private final ChannelId channel = world.channel(Durability.WINDOW);
  private List<Client> clients = List.of();

  @BeforeEach
  void subscribe() {
    clients = Stream.generate(() -> world.subscribe(channel, World.live())).limit(CLIENTS).toList();
    world.runAll();
  }

  @Test
  void thoseNotYetFlushedGetBothAtOnce() {
    long before = flushes();
    world.publish(channel, 1);
    world.loops[0].runOne();
    assertThat(flushes() - before).isBetween(1L, CLIENTS - 1L);
    long inTheFirstTurn = flushes() - before;
    world.publish(channel, 1);
    world.runAll();
    assertThat(flushes() - before).isEqualTo(CLIENTS + inTheFirstTurn);
    clients.forEach(client -> assertThat(client.seqs()).containsExactly(1L, 2L));
    clients.forEach(client -> assertThat(client.unflushed()).isZero());
  }

  @Test
  void noMoreIsTakenInThanWriteBuffersHold() {
    byte[] data = new byte[FanoutLoop.MAX_UNFLUSHED_BYTES];
    Arrays.fill(data, (byte) '1');
    world.publish(channel, List.of(new Draft("large", null, data, null, null, null, null, null)));
    world.loops[0].runOne();
    world.publish(channel, 1);
    while (clients.stream().anyMatch(client -> client.unflushed() > 0)) {
      clients.forEach(client -> assertThat(client.seqs()).containsExactly(1L));
      assertThat(world.loops[0].runOne()).isTrue();
    }
    world.runAll();
    clients.forEach(client -> assertThat(client.seqs()).containsExactly(1L, 2L));
  }

  private long flushes() {
    return clients.stream().mapToLong(Client::flushes).sum();
  }
}
