package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Position;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One client's fault: it is ended, and the others of its loop go on as if nothing had been. */
class FaultTest {
  private final World world = new World();
  private final ChannelId channel = world.channel(Durability.DURABLE);
  private final RuntimeException bug = new IllegalStateException("a bug");

  private Client subscribe() {
    return world.subscribe(channel, World.live());
  }

  private void endedBy(Client client) {
    assertThat(client.fault()).isSameAs(bug);
    assertThat(client.subscription().position()).isNotNull();
    assertThat(client.subscription().isLive()).isFalse();
    assertThat(client.subscription().isBehind()).isFalse();
  }

  @Test
  void aBatchThatThrowsReachesTheOthers() {
    List<Client> clients = Stream.generate(this::subscribe).limit(5).toList();
    Client broken = clients.get(2);
    world.runAll();
    broken.fail(bug);
    world.publish(channel, 1);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    endedBy(broken);
    assertThat(broken.received()).isEmpty();
    for (Client client : clients) {
      if (client != broken) {
        assertThat(client.seqs()).containsExactly(1L, 2L);
        assertThat(client.unflushed()).isZero();
      }
    }
    assertThat(world.hub.subscribers(channel)).isEqualTo(4);
  }

  @Test
  void aFlushThatThrowsReachesTheOthers() {
    Client broken = subscribe();
    Client other = subscribe();
    world.runAll();
    world.publish(channel, 1);
    broken.failFlush(bug);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    endedBy(broken);
    assertThat(other.seqs()).containsExactly(1L, 2L);
    assertThat(other.unflushed()).isZero();
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
  }

  @Test
  void aJumpThatThrowsReachesTheOthers() {
    Client other = subscribe();
    Client broken = subscribe();
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    broken.fail(bug);
    world.renew(channel);
    world.publish(channel, 1);
    world.runAll();
    endedBy(broken);
    assertThat(other.jumps()).containsExactly("deleted 0");
    assertThat(other.seqs()).containsExactly(1L, 2L);
  }

  @Test
  void aBeginningThatThrowsLetsTheOthersBegin() {
    Client other = subscribe();
    Client broken = subscribe();
    broken.fail(bug);
    world.runAll();
    assertThat(broken.fault()).isSameAs(bug);
    assertThat(other.isSubscribed()).isTrue();
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
  }

  @Test
  void anAnswerOfTheStoreThatCannotBeTakenEndsItsClient() {
    Position since = new Position(world.publish(channel, 3).epoch(), 1);
    subscribe();
    world.runAll();
    Client broken = world.subscribe(channel, World.since(since));
    broken.fail(bug);
    world.runAll();
    assertThat(broken.fault()).isSameAs(bug);
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
  }

  @Test
  void aRefusalThatThrowsLetsTheOthersHearTheirs() {
    world.directory.removeApp(World.APP);
    Client other = subscribe();
    Client broken = subscribe();
    broken.failFlush(bug);
    world.runAll();
    assertThat(broken.fault()).isSameAs(bug);
    assertThat(other.refused()).isNotNull();
    assertThat(world.hub.channels()).isZero();
  }

  @Test
  void aClientThatCannotFallBehindLetsTheOthersDoSo() {
    Client other = subscribe();
    Client broken = subscribe();
    world.runAll();
    byte[] large = new byte[60_000];
    Arrays.fill(large, (byte) '1');
    for (int i = 0; i < 1_000; i++) {
      world.publish(
          channel, List.of(new Draft("l" + i, null, large, null, null, null, null, null)));
    }
    broken.failReady(bug);
    world.runAll();
    assertThat(world.hub.loop(world.loops[0]).overflowed()).isEqualTo(1);
    assertThat(broken.fault()).isSameAs(bug);
    assertThat(other.at()).isEqualTo(world.head(channel).position());
    assertThat(other.jumps()).isEmpty();
  }

  @Test
  void aClientThatCannotEvenBeEndedIsLeft() {
    Client other = subscribe();
    Client broken = subscribe();
    world.runAll();
    broken.fail(bug);
    broken.failFault(new IllegalStateException("another bug"));
    world.publish(channel, 1);
    world.runAll();
    world.publish(channel, 1);
    world.runAll();
    assertThat(other.seqs()).containsExactly(1L, 2L);
    assertThat(world.hub.subscribers(channel)).isEqualTo(1);
    assertThat(broken.subscription().isLive()).isFalse();
  }
}
