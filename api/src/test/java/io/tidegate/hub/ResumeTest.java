package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Coming back: what a client missed, or an honest word about what is gone. */
class ResumeTest {
  private final World world = new World();

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void whatWasMissedComesBeforeWhatIsLive(Durability durability) {
    ChannelId channel = world.channel(durability);
    Position since = position(world.publish(channel, 4).epoch(), 1);
    Client client = world.subscribe(channel, World.since(since));
    while (!client.isSubscribed()) {
      world.publish(channel, 1);
      step();
    }
    world.publish(channel, 1);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    assertThat(client.lost()).isNull();
    assertThat(client.began().seq()).isEqualTo(1);
    assertThat(client.seqs()).startsWith(2L, 3L, 4L, 5L);
    assertThat(client.at()).isEqualTo(world.head(channel).position());
    world.assertTrue();
  }

  private void step() {
    if (!world.blocking.isEmpty()) {
      world.blocking.removeFirst().run();
    }
    world.loops[0].runOne();
  }

  @Test
  void aClientThatMissedNothingCostsNoRead() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Position head = position(world.publish(channel, 4).epoch(), 4);
    Client client = world.subscribe(channel, World.since(head));
    world.runAll();
    assertThat(client.lost()).isNull();
    assertThat(client.began()).isEqualTo(head);
    assertThat(world.replay.reads()).isZero();
  }

  @Test
  void whatTheWindowNoLongerHoldsIsLostToRetention() {
    ChannelId channel = world.channel(Durability.WINDOW, new Namespace.Span(3, 120));
    Epoch epoch = world.publish(channel, 10).epoch();
    Client late = world.subscribe(channel, World.since(position(epoch, 5)));
    Client inTime = world.subscribe(channel, World.since(position(epoch, 7)));
    world.runAll();
    assertThat(late.lost()).isEqualTo(Head.Resume.Lost.RETENTION);
    assertThat(late.began().seq()).isEqualTo(7);
    assertThat(inTime.lost()).isNull();
    assertThat(late.seqs()).isEqualTo(inTime.seqs()).containsExactly(8L, 9L, 10L);
  }

  @Test
  void whatIsTooOldIsLostToRetention() {
    ChannelId channel = world.channel(Durability.WINDOW, new Namespace.Span(100, 120));
    Epoch epoch = world.publish(channel, 2).epoch();
    world.passMillis(121_000);
    world.publish(channel, 1);
    Client late = world.subscribe(channel, World.since(position(epoch, 1)));
    world.runAll();
    assertThat(late.lost()).isEqualTo(Head.Resume.Lost.RETENTION);
    assertThat(late.seqs()).containsExactly(3L);
  }

  @Test
  void anUnknownEpochStartsAtTheHead() {
    ChannelId channel = world.channel(Durability.DURABLE);
    world.publish(channel, 3);
    Client client = world.subscribe(channel, World.since(position(new Epoch("other"), 1)));
    world.runAll();
    assertThat(client.lost()).isEqualTo(Head.Resume.Lost.EPOCH);
    assertThat(client.began().seq()).isEqualTo(3);
    assertThat(client.seqs()).isEmpty();
  }

  @Test
  void aPositionBeyondTheHeadStartsAtTheHead() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Epoch epoch = world.publish(channel, 3).epoch();
    Client client = world.subscribe(channel, World.since(position(epoch, 99)));
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    assertThat(client.lost()).isEqualTo(Head.Resume.Lost.AHEAD);
    assertThat(client.seqs()).containsExactly(4L);
  }

  @Test
  void theEndOfAnOlderEpochResumesInTheNewOne() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Epoch epoch = world.publish(channel, 3).epoch();
    world.renew(channel);
    world.publish(channel, 2);
    Client atItsEnd = world.subscribe(channel, World.since(position(epoch, 3)));
    Client before = world.subscribe(channel, World.since(position(epoch, 2)));
    world.runAll();
    assertThat(atItsEnd.lost()).isNull();
    assertThat(atItsEnd.seqs()).containsExactly(4L, 5L);
    assertThat(before.lost()).isEqualTo(Head.Resume.Lost.RETENTION);
    assertThat(before.seqs()).containsExactly(4L, 5L);
  }

  @ParameterizedTest
  @CsvSource({"0,120,10", "3,120,7", "50,120,0", "50,0,10", "50,60,5"})
  void aRewindGoesBackByCountAndByTime(int messages, long seconds, long begins) {
    ChannelId channel = world.channel(Durability.WINDOW);
    world.publish(channel, 5);
    world.passMillis(61_000);
    world.publish(channel, 5);
    world.passMillis(1_000);
    Client client = world.subscribe(channel, new Start.Rewind(messages, seconds));
    world.runAll();
    assertThat(client.began().seq()).isEqualTo(begins);
    assertThat(client.seqs()).hasSize((int) (10 - begins));
  }

  @Test
  void aChannelWithoutMessagesHasAPositionToComeBackTo() {
    for (Durability durability : Durability.values()) {
      World fresh = new World();
      ChannelId channel = fresh.channel(durability);
      Client client = fresh.subscribe(channel, World.live());
      fresh.runAll();
      Position began = client.began();
      assertThat(began.seq()).isZero();
      client.end();
      fresh.runAll();
      fresh.publish(channel, 2);
      Client back = fresh.subscribe(channel, World.since(began));
      fresh.settle();
      boolean kept = durability != Durability.NONE;
      assertThat(back.seqs()).hasSize(kept ? 2 : 0);
      assertThat(back.lost()).isEqualTo(kept ? null : Head.Resume.Lost.RETENTION);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void whoComesBackAfterAnEpochEndedUnheardBeginsInTheNewOne(Durability durability) {
    ChannelId channel = world.channel(durability);
    Epoch before = world.publish(channel, 3).epoch();
    Client stayed = world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.renew(channel);
    world.hints.lose(0);
    Client back = world.subscribe(channel, World.since(position(before, 1)));
    Client rewound = world.subscribe(channel, new Start.Rewind(2, 60));
    world.runAll();
    assertThat(back.isSubscribed()).as("not into an epoch that has ended").isFalse();
    assertThat(rewound.isSubscribed()).isFalse();
    world.timer.advance(50);
    world.runAll();
    assertThat(stayed.jumps()).containsExactly("epoch null");
    world.loops[0].advance(100);
    world.runAll();
    for (Client client : world.clients) {
      assertThat(client.at()).isEqualTo(world.head(channel).position());
      assertThat(client.unflushed()).isZero();
    }
    assertThat(back.lost()).isNotNull();
    assertThat(back.jumps()).isEmpty();
  }

  @Test
  void whoComesBackToAChannelThatCannotBeReadIsToldSo() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Epoch epoch = world.publish(channel, 3).epoch();
    Client stayed = world.subscribe(channel, World.live());
    world.runAll();
    world.directory.removeApp(World.APP);
    Client back = world.subscribe(channel, World.since(position(epoch, 1)));
    world.runAll();
    assertThat(back.refused()).isNotNull();
    assertThat(back.isSubscribed()).isFalse();
    assertThat(back.unflushed()).isZero();
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
    assertThat(stayed.refused()).isNull();
    assertThat(stayed.subscription().channel()).isEqualTo(channel);
  }

  @Test
  void aStormOfReconnectsReadsEachBlockOnce() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Epoch epoch = world.publish(channel, 100).epoch();
    for (int i = 0; i < 9; i++) {
      world.publish(channel, 100);
    }
    List<Client> storm = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      storm.add(world.subscribe(channel, World.since(position(epoch, i)), i % 2));
    }
    world.runAll();
    assertThat(storm).allSatisfy(client -> assertThat(client.at().seq()).isEqualTo(1_000));
    assertThat(world.replay.reads()).isLessThanOrEqualTo(8);
  }

  private static Position position(Epoch epoch, long seq) {
    return new Position(epoch, seq);
  }
}
