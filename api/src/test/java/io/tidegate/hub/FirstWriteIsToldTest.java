package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.PublishUnit;
import io.tidegate.trace.UnitTrace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A traced unit is told when its first client that keeps up has been flushed. */
class FirstWriteIsToldTest {
  private static final int MORE_THAN_ONE_TURN = 40;

  private final World world = new World();
  private final ChannelId channel = world.channel(Durability.WINDOW);
  private final List<Client> clients = new ArrayList<>();
  private final Told told = new Told();

  /** Writes down how many flushes there were when it was told. */
  private final class Told implements UnitTrace {
    private final List<Long> writtenAfter = new ArrayList<>();
    private int committed;

    @Override
    public void taken() {}

    @Override
    public void committed(int batch) {
      committed += batch;
    }

    @Override
    public void refused(int code) {}

    @Override
    public void written() {
      writtenAfter.add(flushes());
    }
  }

  @Test
  void afterItsFlushAndBeforeTheOthers() {
    subscribe(MORE_THAN_ONE_TURN, 0);
    long before = flushes();
    publish(3);
    assertThat(told.committed).isEqualTo(3);
    assertThat(told.writtenAfter).isEmpty();
    world.loops[0].runOne();
    assertThat(told.writtenAfter).containsExactly(before + 1);
    world.runAll();
    assertThat(told.writtenAfter).hasSize(1);
  }

  @Test
  void behindThoseWhoWaitForTheirFlushAlready() {
    subscribe(MORE_THAN_ONE_TURN, 0);
    world.publish(channel, 1);
    long before = flushes();
    world.loops[0].runOne();
    assertThat(flushes() - before).isLessThan(MORE_THAN_ONE_TURN);
    publish(1);
    world.runAll();
    assertThat(told.writtenAfter).containsExactly(before + MORE_THAN_ONE_TURN + 1);
  }

  @Test
  void byEveryLoopThatHasOne() {
    subscribe(1, 0);
    subscribe(1, 1);
    publish(1);
    world.runAll();
    assertThat(told.writtenAfter).hasSize(2);
  }

  @Test
  void notWhenNobodyKeepsUpOrListens() {
    publish(1);
    subscribe(2, 0);
    clients.forEach(client -> client.writable(false));
    publish(1);
    world.runAll();
    clients.forEach(client -> client.writable(true));
    world.settle();
    clients.forEach(client -> assertThat(client.seqs()).containsExactly(2L));
    assertThat(told.committed).isEqualTo(2);
    assertThat(told.writtenAfter).isEmpty();
  }

  private void subscribe(int count, int loop) {
    for (int i = 0; i < count; i++) {
      clients.add(world.subscribe(channel, World.live(), loop));
    }
    world.runAll();
  }

  private void publish(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "t" + System.nanoTime() + i;
      drafts.add(new Draft(id, null, new byte[] {'1'}, null, null, null, null, null));
    }
    world
        .broker
        .publish(
            new PublishUnit(World.TENANT, channel, drafts, told), world.stores.of(channel).keep())
        .toCompletableFuture()
        .join();
  }

  private long flushes() {
    return clients.stream().mapToLong(Client::flushes).sum();
  }
}
