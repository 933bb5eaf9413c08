package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that does not read: it keeps a cursor, the others go on, and it misses nothing. */
class SlowClientTest {
  private static final int LARGE = 60_000;

  private final World world = new World();

  private FanoutLoop loop() {
    return world.hub.loop(world.loops[0]);
  }

  @ParameterizedTest
  @EnumSource
  void itCatchesUpFromTheRing(Durability durability) {
    ChannelId channel = world.channel(durability);
    Client slow = world.subscribe(channel, World.live());
    Client quick = world.subscribe(channel, World.live());
    world.runAll();
    slow.writable(false);
    for (int i = 0; i < 20; i++) {
      world.publish(channel, 5);
      world.runAll();
    }
    assertThat(quick.seqs()).hasSize(100);
    assertThat(slow.seqs()).isEmpty();
    assertThat(slow.subscription().isBehind()).isTrue();
    assertThat(loop().ringBytes()).isPositive();
    slow.writable(true);
    assertThat(slow.seqs()).isEqualTo(quick.seqs());
    assertThat(slow.subscription().isLive()).isTrue();
    assertThat(world.replay.reads()).isZero();
    assertThat(loop().ringBytes()).as("nobody is behind").isZero();
  }

  @Test
  void thoseWhoAreUpToDateCostNoRing() {
    ChannelId channel = world.channel(Durability.WINDOW);
    world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 50);
    world.runAll();
    assertThat(loop().ringBytes()).isZero();
  }

  @Test
  void pastTheRingItReadsTheStore() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client slow = world.subscribe(channel, World.live());
    world.runAll();
    slow.writable(false);
    publishLarge(channel, 1_500);
    assertThat(loop().ringBytes()).isLessThanOrEqualTo(FanoutLoop.MAX_RING_BYTES);
    slow.writable(true);
    world.runAll();
    assertThat(slow.seqs()).hasSize(1_500);
    assertThat(slow.jumps()).isEmpty();
    assertThat(world.replay.reads()).isPositive();
    assertThat(loop().ringBytes()).isZero();
  }

  @Test
  void pastTheStoreItIsToldWhatItMissed() {
    ChannelId channel = world.channel(Durability.WINDOW, new Namespace.Span(10, 120));
    Client slow = world.subscribe(channel, World.live());
    world.runAll();
    slow.writable(false);
    publishLarge(channel, 1_500);
    slow.writable(true);
    world.runAll();
    assertThat(slow.jumps()).containsExactly("retention 1490");
    assertThat(slow.seqs()).hasSize(10).endsWith(1_500L);
  }

  @Test
  void theRingsOfALoopShareItsBudgetOldestFirst() {
    ChannelId channel = world.channel(Durability.DURABLE);
    ChannelId other =
        new ChannelId(World.APP, new io.tidegate.channel.ChannelName("quiet:channel"));
    Client slow = world.subscribe(channel, World.live());
    Client slowElsewhere = world.subscribe(other, World.live());
    world.runAll();
    slow.writable(false);
    slowElsewhere.writable(false);
    world.publish(other, 1);
    world.runAll();
    publishLarge(channel, 1_000);
    world.publish(other, 1);
    world.runAll();
    slowElsewhere.writable(true);
    world.runAll();
    assertThat(slowElsewhere.seqs()).containsExactly(1L, 2L);
    assertThat(world.replay.reads()).as("its first message had to go").isEqualTo(1);
  }

  @Test
  void aLoopThatIsFarBehindDropsAndItsSubscribersReadOn() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    for (int i = 0; i < 1_000; i++) {
      world.publish(channel, List.of(large("l" + i)));
    }
    assertThat(loop().inboxBytes()).isLessThanOrEqualTo(FanoutLoop.MAX_INBOX_BYTES);
    world.runAll();
    assertThat(client.seqs()).hasSize(1_000);
    assertThat(client.jumps()).isEmpty();
    assertThat(loop().overflowed()).isEqualTo(1);
    assertThat(loop().inboxBytes()).isZero();
  }

  @Test
  void whatIsDroppedBehindAJumpIsReadToo() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    for (int i = 0; i < 700; i++) {
      world.publish(channel, List.of(large("l" + i)));
    }
    world.renew(channel);
    world.publish(channel, List.of(large("behind the jump")));
    world.runAll();
    assertThat(client.at()).isEqualTo(world.head(channel).position());
    assertThat(client.seqs()).endsWith(701L);
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void aConflatedClientGetsOnlyTheLatest(Durability durability) {
    ChannelId channel = world.channel(durability);
    Client client = world.client();
    client.subscribe(world.hub, loop(), channel, World.live(), true);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    client.writable(false);
    for (int i = 0; i < 50; i++) {
      world.publish(channel, 1);
      world.runAll();
    }
    client.writable(true);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    assertThat(client.seqs()).containsExactly(1L, 51L, 52L);
    assertThat(client.jumps()).isEmpty();
  }

  @Test
  void aConflatedClientResumesWithTheLatestFromTheStore() {
    ChannelId channel = world.channel(Durability.DURABLE);
    var epoch = world.publish(channel, 20).epoch();
    Client client = world.client();
    client.subscribe(
        world.hub, loop(), channel, World.since(new io.tidegate.channel.Position(epoch, 2)), true);
    world.runAll();
    assertThat(client.seqs()).containsExactly(20L);
    assertThat(client.subscription().isLive()).isTrue();
  }

  @Test
  void aReadThatFailsIsTriedAgain() {
    ChannelId channel = world.channel(Durability.DURABLE);
    var epoch = world.publish(channel, 3).epoch();
    Client client =
        world.subscribe(channel, World.since(new io.tidegate.channel.Position(epoch, 1)));
    while (!client.isSubscribed()) {
      world.blocking.removeFirst().run();
      while (world.loops[0].runOne()) {}
    }
    world.directory.removeApp(World.APP);
    world.runAll();
    assertThat(client.seqs()).isEmpty();
    world.directory.putApp(World.APP, World.TENANT);
    world.channel(Durability.DURABLE);
    world.settle();
    assertThat(client.seqs()).containsExactly(2L, 3L);
  }

  private void publishLarge(ChannelId channel, int count) {
    for (int i = 0; i < count; i++) {
      world.publish(channel, List.of(large("large" + i)));
      world.runAll();
    }
  }

  private static Draft large(String id) {
    byte[] data = new byte[LARGE];
    Arrays.fill(data, (byte) '1');
    return new Draft(id, null, data, null, null, null, null, null);
  }
}
