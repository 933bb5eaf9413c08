package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.problem.Refusal;
import io.tidegate.store.Replay;
import io.tidegate.usage.Meters;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one channel's messages go through before they reach anybody. */
class FeedTest {
  private final World world = new World();

  @ParameterizedTest
  @EnumSource
  void everySubscriberOnEveryLoopGetsEveryMessageInOrder(Durability durability) {
    ChannelId channel = world.channel(durability);
    world.publish(channel, 2);
    Client first = world.subscribe(channel, World.live(), 0);
    Client second = world.subscribe(channel, World.live(), 1);
    world.runAll();
    world.publish(channel, 3);
    world.publish(channel, 1);
    world.runAll();
    assertThat(first.seqs()).containsExactly(3L, 4L, 5L, 6L);
    assertThat(second.seqs()).containsExactly(3L, 4L, 5L, 6L);
    world.assertTrue();
  }

  /** Between the broker's word that it carries the channel and the feed's first step. */
  @ParameterizedTest
  @EnumSource
  void aMessageThatComesWhileTheFeedOpensIsDelivered(Durability durability) {
    ChannelId channel = world.channel(durability);
    world.publish(channel, 1);
    AtomicBoolean once = new AtomicBoolean();
    Replay replay =
        new Replay(
            world.stores,
            read -> {
              read.run();
              if (once.compareAndSet(false, true)) {
                world.publish(channel, 1);
              }
            },
            InstantSource.system());
    Hub hub = new Hub(world.broker, replay, new Meters(), world.timer);
    world.broker.listen(hub);
    Client client = world.client();
    client.subscribe(hub, hub.loop(world.loops[0]), channel, World.live());
    world.runAll();
    assertThat(client.at().seq()).isEqualTo(2);
    world.assertTrue();
  }

  @Test
  void aHintThatComesTwiceOrLateIsDeliveredOnce() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.publish(channel, 2);
    world.publish(channel, 2);
    world.hints.handOnAndKeep(1);
    world.hints.handOnAndKeep(0);
    world.hints.handOn(0);
    world.hints.handOn(0);
    world.runAll();
    assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 4L);
    world.timer.advance(50);
    world.runAll();
    assertThat(world.replay.reads()).as("the hole filled by itself").isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void aHintThatIsLostIsReadFromTheStore(Durability durability) {
    ChannelId channel = world.channel(durability);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.publish(channel, 1);
    for (int i = 0; i < 3; i++) {
      world.publish(channel, 100);
    }
    world.publish(channel, 1);
    world.hints.handOn(0);
    for (int i = 0; i < 3; i++) {
      world.hints.lose(0);
    }
    world.hints.handOn(0);
    world.runAll();
    assertThat(client.seqs()).containsExactly(1L);
    world.timer.advance(50);
    world.runAll();
    assertThat(client.seqs()).hasSize(302).isSorted().endsWith(302L);
    assertThat(client.jumps()).isEmpty();
    assertThat(world.replay.reads()).isEqualTo(2);
  }

  @Test
  void whatNoStoreHasIsAnnouncedAsALoss() {
    ChannelId channel = world.channel(Durability.NONE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.publish(channel, 3);
    world.publish(channel, 2);
    world.hints.lose(0);
    world.hints.handOn(0);
    world.runAll();
    world.timer.advance(50);
    world.runAll();
    assertThat(client.jumps()).containsExactly("loss 3");
    assertThat(client.seqs()).containsExactly(4L, 5L);
  }

  @Test
  void moreThanCanWaitForTheStoreIsReadFromItLater() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    Runnable slowHead = world.blocking.removeFirst();
    for (int i = 0; i < 30; i++) {
      world.publish(channel, 100);
    }
    Position before = new Position(world.head(channel).epoch(), 0);
    slowHead.run();
    world.settle();
    Client resumed = world.subscribe(channel, World.since(before));
    world.settle();
    assertThat(client.at().seq()).isEqualTo(3_000);
    assertThat(resumed.seqs()).hasSize(3_000);
    assertThat(client.jumps()).isEmpty();
  }

  @Test
  void messagesPublishedWhileTheStoreIsReadAreNotMissed() {
    ChannelId channel = world.channel(Durability.DURABLE);
    world.publish(channel, 1);
    Client client = world.subscribe(channel, World.live());
    world.blocking.removeFirst().run();
    world.publish(channel, 2);
    world.runAll();
    assertThat(client.began().seq()).isEqualTo(1);
    assertThat(client.seqs()).containsExactly(2L, 3L);
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfAnEpochIsAnnouncedBeforeAnythingThatFollows(Durability durability) {
    ChannelId channel = world.channel(durability);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 2);
    EpochStart next = world.renew(channel);
    world.publish(channel, 1);
    world.runAll();
    assertThat(client.seqs()).containsExactly(1L, 2L, 3L);
    assertThat(client.jumps()).containsExactly("deleted 0");
    assertThat(client.at()).isEqualTo(new Position(next.epoch(), 3));
    world.assertTrue();
  }

  @Test
  void anEpochAnnouncedWhileTheStoreIsReadIsNotOverheard() {
    ChannelId channel = world.channel(Durability.DURABLE);
    world.publish(channel, 2);
    Client client = world.subscribe(channel, World.live());
    Runnable head = world.blocking.removeFirst();
    head.run();
    EpochStart next = world.renew(channel);
    world.settle();
    assertThat(client.at()).isEqualTo(new Position(next.epoch(), 2));
  }

  @Test
  void anEpochIsFoundOutThoughItsAnnouncementIsLostOrLate() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.holdHints();
    world.renew(channel);
    EpochStart second = world.renew(channel);
    world.hints.handOn(1);
    world.hints.handOn(0);
    world.publish(channel, 1);
    world.hints.handOn(0);
    world.settle();
    assertThat(client.at()).isEqualTo(new Position(second.epoch(), 1));
    assertThat(client.seqs()).containsExactly(1L);
    EpochStart third = world.renew(channel);
    world.hints.lose(0);
    world.publish(channel, 1);
    world.hints.handOn(0);
    world.settle();
    assertThat(client.at()).isEqualTo(new Position(third.epoch(), 2));
    assertThat(client.seqs()).containsExactly(1L, 2L);
  }

  @Test
  void aStoreThatLostItsNumbersIsFollowedToWhereItIs() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 5);
    world.runAll();
    world.stores.log().of(World.TENANT).forget(channel);
    world.publish(channel, 2);
    world.settle();
    assertThat(client.jumps()).containsExactly("epoch null");
    assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L);
    assertThat(client.at()).isEqualTo(world.head(channel).position());
  }

  @Test
  void aMessageOfTheNextEpochIsNotDeliveredBeforeTheJump() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 2);
    world.holdHints();
    EpochStart next = world.renew(channel);
    world.publish(channel, 1);
    world.hints.handOn(1);
    world.runAll();
    assertThat(client.seqs()).containsExactly(1L, 2L);
    world.hints.handOn(0);
    world.runAll();
    assertThat(client.jumps()).containsExactly("deleted 0");
    assertThat(client.seqs()).containsExactly(1L, 2L, 3L);
    assertThat(client.at()).isEqualTo(new Position(next.epoch(), 3));
    world.timer.advance(50);
    world.runAll();
    assertThat(world.replay.reads()).as("the announcement said it all").isZero();
  }

  @Test
  void whatIsReadOfAnotherEpochWaitsForTheJump() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Epoch before = world.publish(channel, 5).epoch();
    Client client = world.subscribe(channel, World.since(new Position(before, 1)));
    while (!client.isSubscribed()) {
      world.blocking.removeFirst().run();
      while (world.loops[0].runOne()) {}
    }
    world.holdHints();
    world.log.loseFrom(channel, 4);
    world.log.supersede(World.TENANT, channel, before);
    world.publish(channel, 2);
    world.hints.lose(0);
    world.runAll();
    assertThat(client.seqs()).as("4 and 5 are other messages now").isEmpty();
    world.settle();
    assertThat(client.jumps()).containsExactly("epoch null");
    assertThat(client.seqs()).containsExactly(4L, 5L);
    assertThat(client.at()).isEqualTo(world.head(channel).position());
    assertThat(client.received())
        .allSatisfy(message -> assertThat(message.epoch()).isNotEqualTo(before));
  }

  @Test
  void aClientThatComesBackToAnOlderStoreIsToldSoAndThoseWhoStayedToo() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client stayed = world.subscribe(channel, World.live());
    world.runAll();
    Epoch before = world.publish(channel, 10).epoch();
    world.runAll();
    world.log.loseFrom(channel, 8);
    Client back = world.subscribe(channel, World.since(new Position(before, 9)));
    Client beyond = world.subscribe(channel, World.since(new Position(before, 99)));
    world.settle();
    assertThat(world.head(channel).epoch()).isNotEqualTo(before);
    assertThat(back.lost() != null || !back.jumps().isEmpty()).isTrue();
    assertThat(beyond.lost()).isEqualTo(Head.Resume.Lost.AHEAD);
    assertThat(stayed.jumps()).containsExactly("epoch null");
    world.publish(channel, 1);
    world.settle();
    for (Client client : world.clients) {
      assertThat(client.at()).isEqualTo(world.head(channel).position());
      assertThat(client.seqs()).endsWith(8L);
    }
    assertThat(world.log.readForward(channel, 1, 100, world.stores.of(channel).keep()))
        .as("history stays")
        .hasSize(8);
  }

  @Test
  void anOlderStoreThatGivesItsSeqsAnewIsNotMistakenForTheRun() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    Epoch before = world.publish(channel, 10).epoch();
    world.runAll();
    world.log.loseFrom(channel, 8);
    world.passMillis(1_000);
    for (int i = 0; i < 5; i++) {
      world.publish(channel, 1);
    }
    world.runAll();
    assertThat(client.seqs()).as("12 follows on other messages").hasSize(10);
    world.settle();
    assertThat(client.jumps()).containsExactly("epoch null");
    world.publish(channel, 1);
    world.settle();
    assertThat(client.at()).isEqualTo(world.head(channel).position());
    assertThat(client.at().epoch()).isNotEqualTo(before);
    assertThat(client.seqs()).hasSize(11).endsWith(13L);
  }

  @Test
  void aStoreThatCannotBeAskedOrRenewedIsAskedAgain() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    Epoch before = world.publish(channel, 3).epoch();
    world.runAll();
    world.log.loseFrom(channel, 2);
    world.subscribe(channel, World.since(new Position(before, 1)));
    world.runAll();
    world.timer.advance(50);
    world.blocking.removeFirst().run();
    world.directory.removeApp(World.APP);
    world.settle();
    assertThat(client.jumps()).isEmpty();
    world.directory.putApp(World.APP, World.TENANT);
    world.channel(Durability.DURABLE);
    world.settle();
    assertThat(client.jumps()).containsExactly("epoch null");
    assertThat(client.at()).isEqualTo(world.head(channel).position());
  }

  @Test
  void subscribersOfAChannelThatCannotBeReadAreToldAndTheNextMaySucceed() {
    ChannelId channel = world.channel(Durability.DURABLE);
    world.directory.removeApp(World.APP);
    Client refused = world.subscribe(channel, World.live());
    world.blocking.removeFirst().run();
    Client alsoRefused = world.subscribe(channel, World.live());
    world.runAll();
    assertThat(refused.refused()).isNotNull();
    assertThat(alsoRefused.refused()).isNotNull();
    assertThat(refused.refused().refusal()).isEqualTo(Refusal.NOT_FOUND);
    assertThat(world.hub.channels()).isZero();
    assertThat(world.hub.subscribers(channel)).isZero();

    world.directory.putApp(World.APP, World.TENANT);
    Client next = world.subscribe(world.channel(Durability.DURABLE), World.live());
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    assertThat(next.seqs()).containsExactly(1L);
  }

  @Test
  void aChannelWithoutSubscribersIsForgotten() {
    ChannelId channel = world.channel(Durability.WINDOW);
    Client one = world.subscribe(channel, World.live(), 0);
    Client other = world.subscribe(channel, World.live(), 1);
    world.runAll();
    assertThat(world.hub.subscribers(channel)).isEqualTo(2);
    one.end();
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
    world.publish(channel, 1);
    other.end();
    world.runAll();
    assertThat(world.hub.channels()).isZero();
    assertThat(one.seqs()).isEmpty();
    assertThat(other.seqs()).as("nothing after the end").isEmpty();
  }

  @Test
  void aDelayedAnnouncementOfAnEarlierEpochChangesNothing() {
    ChannelId channel = world.channel(Durability.DURABLE);
    Client client = world.subscribe(channel, World.live());
    world.runAll();
    world.publish(channel, 3);
    EpochStart current = world.renew(channel);
    world.publish(channel, 1);
    world.runAll();
    world.hub.onEpoch(
        channel, new EpochStart(new io.tidegate.channel.Epoch("stray"), 2), EpochEnd.EPOCH);
    world.settle();
    world.publish(channel, 1);
    world.settle();
    assertThat(client.at()).isEqualTo(new Position(current.epoch(), 5));
    assertThat(client.jumps()).containsExactly("deleted 0");
  }
}
