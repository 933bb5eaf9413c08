package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.usage.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How messages are put together on their way to clients, and what is counted. */
class DeliveryTest {
  private static final int QUARTER = 16 << 10;

  private final World world = new World();

  private FanoutLoop loop() {
    return world.hub.loop(world.loops[0]);
  }

  private @Nullable Counts taken() {
    return world.meters.take().get(World.APP);
  }

  private Counts counted() {
    return java.util.Objects.requireNonNull(taken());
  }

  private static Draft draft(String id, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) '1');
    return new Draft(id, null, data, null, null, null, null, null);
  }

  private void publish(ChannelId channel, int bytes) {
    world.publish(channel, List.of(draft("d" + world.head(channel).lastSeq(), bytes)));
  }

  private static long jsonBytes(Client client) {
    return client.received().stream().mapToLong(message -> message.json().length).sum();
  }

  private static List<Integer> sizes(Client client) {
    return client.batches().stream().map(Batch::size).toList();
  }

  @Test
  void whatIsWaitingGoesOutAsOneBatchPerChannelInOrder() {
    ChannelId channel = world.channel(Durability.WINDOW);
    ChannelId other = new ChannelId(World.APP, new ChannelName("other"));
    Client client = world.subscribe(channel, World.live());
    Client elsewhere = world.subscribe(other, World.live());
    world.runAll();
    for (int i = 0; i < 4; i++) {
      world.publish(channel, 2);
      world.publish(other, 1);
    }
    world.runAll();
    assertThat(sizes(client)).containsExactly(8);
    assertThat(sizes(elsewhere)).containsExactly(4);
    Batch batch = client.batches().getFirst();
    assertThat(batch.firstSeq()).isEqualTo(1);
    assertThat(batch.lastSeq()).isEqualTo(8);
    assertThat(batch.jsonBytes()).isEqualTo(jsonBytes(client));
    assertThat(batch.isPersonal()).isFalse();
  }

  @Test
  void aBatchIsBoundedSoThatUnsentBytesAre() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    for (int i = 0; i < 9; i++) {
      publish(channel, QUARTER);
    }
    world.runAll();
    assertThat(client.seqs()).isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
    assertThat(sizes(client)).as("in two turns").containsExactly(3, 3, 2, 1);
    for (Batch batch : client.batches()) {
      assertThat(batch.jsonBytes()).isLessThanOrEqualTo(Staged.MAX_BATCH_BYTES);
    }
    publish(channel, 1);
    publish(channel, 2 * Staged.MAX_BATCH_BYTES);
    world.runAll();
    assertThat(sizes(client)).as("one message is never cut").endsWith(1, 1, 1);
    assertThat(sizes(client)).hasSize(6);
  }

  @Test
  void aBatchOfExactlyTheBoundIsOne() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    publish(channel, QUARTER);
    world.runAll();
    int frame = client.received().getFirst().json().length - QUARTER;
    for (int i = 0; i < 2; i++) {
      publish(channel, Staged.MAX_BATCH_BYTES / 2 - frame);
    }
    world.runAll();
    assertThat(client.batches().getLast().jsonBytes()).isEqualTo(Staged.MAX_BATCH_BYTES);
  }

  @Test
  void aTurnTakesInAFewBatchesAndLeavesTheRestToTheNext() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    for (int i = 0; i < 100; i++) {
      publish(channel, QUARTER);
    }
    world.loops[0].runOne();
    int first = client.seqs().size();
    assertThat(first).isBetween(1, 40);
    assertThat(loop().inboxBytes()).isPositive();
    world.runAll();
    assertThat(client.seqs()).hasSize(100);
    assertThat(loop().inboxBytes()).isZero();
  }

  @Test
  void everyoneWhoIsServedIsFlushedAFewAtATime() {
    ChannelId channel = world.channel(Durability.WINDOW);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(world.subscribe(channel, World.live()));
    }
    world.runAll();
    long before = clients.stream().mapToLong(Client::flushes).sum();
    world.publish(channel, 1);
    world.loops[0].runOne();
    assertThat(clients.stream().mapToLong(Client::flushes).sum() - before).isEqualTo(32);
    assertThat(loop().latency().counts()).as("not all have it").containsOnly(0);
    world.runAll();
    assertThat(clients.stream().mapToLong(Client::flushes).sum() - before).isEqualTo(100);
    assertThat(LongStream.of(loop().latency().counts()).sum()).isEqualTo(1);
    assertThat(loop().latency().sum()).isBetween(1L, 3_600_000_000_000L);
    world.publish(channel, 1);
    world.runAll();
    assertThat(LongStream.of(loop().latency().counts()).sum()).isEqualTo(2);
  }

  @Test
  void whatWentToClientsIsCountedPerLoopAndApp() {
    ChannelId channel = world.channel(Durability.WINDOW);
    assertThat(loop().delivered()).isZero();
    Client first = world.subscribe(channel, World.live());
    Client second = world.subscribe(channel, World.live());
    world.runAll();
    assertThat(counted().channelsPeak()).isEqualTo(1);
    world.publish(channel, 3);
    world.publish(channel, 2);
    world.runAll();
    Counts live = counted();
    assertThat(live.deliveries()).isEqualTo(10);
    assertThat(live.bytesOut()).isEqualTo(jsonBytes(first) + jsonBytes(second));
    assertThat(loop().delivered()).isEqualTo(10);
    first.writable(false);
    world.publish(channel, 4);
    world.runAll();
    assertThat(counted().deliveries()).as("to one").isEqualTo(4);
    long before = jsonBytes(first);
    first.writable(true);
    Counts late = counted();
    assertThat(late.deliveries()).isEqualTo(4);
    assertThat(late.bytesOut()).isEqualTo(jsonBytes(first) - before);
    second.writable(false);
    world.publish(channel, 1);
    world.renew(channel);
    world.publish(channel, 1);
    world.runAll();
    assertThat(loop().delivered()).as("what comes before a jump too").isEqualTo(16);
    first.end();
    second.end();
    counted();
    assertThat(taken()).as("nothing is used any more").isNull();
  }

  @Test
  void whatTheLineTookAndBroughtIsCounted() {
    loop().sent(3);
    loop().sent(4);
    loop().received(5);
    loop().received(6);
    assertThat(loop().sentBytes()).isEqualTo(7);
    assertThat(loop().receivedBytes()).isEqualTo(11);
  }

  @Test
  void aBrokerIsToldWhenNobodyListensAnyMore() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.passMillis(25 * 3_600_000L);
    world.broker.sweep();
    assertThat(world.broker.head(channel, world.stores.of(channel).keep())).isPresent();
    client.end();
    client.end();
    assertThat(world.hub.subscribers(channel)).isZero();
    world.passMillis(25 * 3_600_000L);
    world.broker.sweep();
    assertThat(world.broker.head(channel, world.stores.of(channel).keep())).isEmpty();
  }

  @Test
  void theChannelsOfAnAppAreListedWithTheirSubscribers() {
    ChannelId channel = world.channel(Durability.WINDOW);
    world.subscribe(channel, World.live(), 0);
    world.subscribe(channel, World.live(), 1);
    world.runAll();
    List<String> found = new ArrayList<>();
    world.hub.occupied(World.APP, (id, count) -> found.add(id.name().value() + count));
    world.hub.occupied(
        new io.tidegate.channel.AppId("1"), (id, count) -> found.add("another app's"));
    assertThat(found).containsExactly("c2");
    assertThat(world.hub.loops()).hasSize(2);
    assertThat(world.hub.channels()).isEqualTo(1);
  }

  @Test
  void aLateOneOfALiveShardBeginsAtItsHeadAndKeepsItsPlace() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client first = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 2);
    world.runAll();
    Client second = world.subscribe(channel, World.live());
    assertThat(second.isSubscribed()).as("at once").isTrue();
    assertThat(second.subscription().position()).isEqualTo(second.began());
    assertThat(second.subscription().cursor()).isEqualTo(2);
    assertThat(second.subscription().conflated()).isFalse();
    Client third = world.subscribe(channel, World.live());
    first.end();
    first.end();
    world.publish(channel, 1);
    world.runAll();
    assertThat(second.seqs()).containsExactly(3L);
    assertThat(third.seqs()).containsExactly(3L);
    assertThat(first.seqs()).containsExactly(1L, 2L);
    assertThat(first.subscription().isLive()).isFalse();
  }

  @Test
  void oneThatFallsBehindGoesOnFromTheRingInTurns() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client slow = world.subscribe(channel, World.live());
    world.runAll();
    slow.writable(false);
    for (int i = 0; i < 6; i++) {
      world.publish(channel, 2);
      world.runAll();
    }
    Subscription subscription = slow.subscription();
    assertThat(subscription.isBehind()).isTrue();
    Batch few = java.util.Objects.requireNonNull(subscription.step(1 << 20, 5));
    assertThat(few.size()).isEqualTo(5);
    subscription.taken(few);
    assertThat(subscription.cursor()).isEqualTo(5);
    Batch all = java.util.Objects.requireNonNull(subscription.step(1 << 20, 7));
    assertThat(all.firstSeq()).isEqualTo(6);
    assertThat(all.size()).isEqualTo(7);
    subscription.taken(all);
    assertThat(subscription.step(1 << 20, 7)).isNull();
    assertThat(subscription.isLive()).isTrue();
    assertThat(loop().ringBytes()).isZero();
  }

  @Test
  void aStepFromTheStoreIsBoundedInBytesAndByWhatTheShardHas() {
    ChannelId channel = world.channel(Durability.DURABLE);
    var epoch = world.publish(channel, 20).epoch();
    world.subscribe(channel, World.live());
    world.runAll();
    Client late = world.client();
    late.writable(false);
    late.subscribe(world.hub, loop(), channel, World.since(new Position(epoch, 2)));
    world.runAll();
    Subscription subscription = late.subscription();
    assertThat(subscription.isBehind()).isTrue();
    assertThat(subscription.step(1, 100)).as("the store is asked").isNull();
    assertThat(subscription.step(1, 100)).as("and once").isNull();
    world.runAll();
    assertThat(world.replay.reads()).isEqualTo(1);
    Batch one = java.util.Objects.requireNonNull(subscription.step(1, 100));
    assertThat(one.messages()).extracting(EncodedMessage::seq).containsExactly(3L);
    int bytes = one.messages().getFirst().json().length;
    subscription.taken(one);
    Batch two = java.util.Objects.requireNonNull(subscription.step(bytes + 1, 100));
    assertThat(two.messages()).extracting(EncodedMessage::seq).containsExactly(4L, 5L);
    Batch same = java.util.Objects.requireNonNull(subscription.step(2 * bytes, 100));
    assertThat(same.size()).isEqualTo(2);
    subscription.taken(two);
    Batch rest = java.util.Objects.requireNonNull(subscription.step(1 << 20, 100));
    assertThat(rest.lastSeq()).isEqualTo(20);
    assertThat(world.replay.reads()).isEqualTo(1);
  }

  @Test
  void whatIsReadBeforeItCameByTheBrokerIsNotDeliveredTwice() {
    ChannelId channel = world.channel(Durability.DURABLE, new Namespace.Span(10, 120));
    var epoch = world.publish(channel, 5).epoch();
    world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.publish(channel, 3);
    Client client = world.subscribe(channel, World.since(new Position(epoch, 2)));
    world.runAll();
    assertThat(client.seqs()).as("as far as the shard is").containsExactly(3L, 4L, 5L);
    world.hints.handOn(0);
    world.runAll();
    assertThat(client.seqs()).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void bytesAreMadeOncePerFormatAndReleased() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 2);
    world.runAll();
    Batch batch = new Batch(client.received());
    Format shared = new Format(true);
    ByteBuf first = batch.bytes(shared);
    ByteBuf second = batch.bytes(shared);
    ByteBuf other = batch.bytes(new Format(true));
    Format own = new Format(false);
    ByteBuf alone = batch.bytes(own);
    batch.bytes(own).release();
    assertThat(shared.written).isEqualTo(2);
    assertThat(own.written).as("for each anew").isEqualTo(4);
    assertThat(first.readableBytes()).isEqualTo(2);
    assertThat(first.readByte()).isEqualTo((byte) 1);
    assertThat(second.readByte()).as("each reads for itself").isEqualTo((byte) 1);
    assertThat(alone.refCnt()).isEqualTo(1);
    batch.release();
    assertThat(first.refCnt()).isEqualTo(2);
    first.release();
    second.release();
    other.release();
    alone.release();
    assertThat(first.refCnt()).isZero();
    assertThat(other.refCnt()).isZero();
    assertThat(batch.messages()).hasSize(2);
  }

  @Test
  void aBatchWithAMessageThatIsNotForEveryoneSaysSo() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(
        channel,
        List.of(
            new Draft("x", null, new byte[] {'1'}, null, null, "someone", null, null),
            draft("y", 1)));
    world.runAll();
    assertThat(client.batches().getFirst().isPersonal()).isTrue();
    assertThat(new Batch(client.received().subList(1, 2)).isPersonal()).isFalse();
  }

  /** Writes each message's seq as one byte. */
  private static final class Format implements WireFormat {
    private final boolean shared;
    private int written;

    Format(boolean shared) {
      this.shared = shared;
    }

    @Override
    public boolean isShared() {
      return shared;
    }

    @Override
    public void write(EncodedMessage message, ByteBuf out) {
      written++;
      out.writeByte((int) message.seq());
    }

    @Override
    public void write(ServerEvent event, ByteBuf out) {}
  }
}
