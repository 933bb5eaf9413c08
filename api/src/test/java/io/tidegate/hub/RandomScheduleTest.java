package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of random interleavings of publishes, hints, subscribes, resumes, slow reads, deletes
 * and of every thread's steps. A failure names its seed, which repeats it exactly.
 */
class RandomScheduleTest {
  private static final int SEEDS = Integer.getInteger("tidegate.schedules", 1_000);
  private static final int STEPS = 120;

  @ParameterizedTest
  @EnumSource
  void whateverTheHintsDoEveryClientGetsEveryMessageOnceAndInOrder(Durability durability) {
    for (int seed = 0; seed < SEEDS; seed++) {
      run(seed, durability, 1_000, false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenMessagesAreTrimmedOrDeletedAJumpSaysSoBeforeAnyGap(Durability durability) {
    for (int seed = 0; seed < SEEDS; seed++) {
      run(seed, durability, 3, true);
    }
  }

  private static void run(int seed, Durability durability, int window, boolean deletes) {
    Random random = new Random(seed);
    World world = new World();
    ChannelId channel = world.channel(durability, new Namespace.Span(window, 120));
    List<Position> positions = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      world.holdHints();
    }
    try {
      for (int step = 0; step < STEPS; step++) {
        step(world, channel, positions, deletes, random);
      }
      finish(world, channel);
      for (Client client : world.clients) {
        boolean mayJump = deletes || durability == Durability.NONE;
        if (!mayJump && client.lost() == null) {
          assertThat(client.jumps()).isEmpty();
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static void step(
      World world, ChannelId channel, List<Position> positions, boolean deletes, Random random) {
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        var done = world.publish(channel, 1 + random.nextInt(3));
        positions.add(new Position(done.epoch(), done.items().getLast().seq()));
      }
      case 2 -> world.subscribe(channel, start(positions, random), random.nextInt(2));
      case 3 -> {
        if (!world.clients.isEmpty()) {
          Client client = world.clients.get(random.nextInt(world.clients.size()));
          client.writable(!client.isWritable());
        }
      }
      case 4 -> {
        if (deletes && random.nextInt(4) == 0) {
          world.renew(channel);
        } else if (world.clients.size() > 2) {
          Client client = world.clients.remove(random.nextInt(world.clients.size()));
          client.end();
        }
      }
      case 5 -> world.timer.advance(random.nextInt(60));
      case 6, 7 -> hint(world.hints, random);
      default -> world.runSome(random);
    }
  }

  private static Start start(List<Position> positions, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Start.Live();
      case 1 -> new Start.Rewind(random.nextInt(5), 120);
      default ->
          positions.isEmpty()
              ? new Start.Live()
              : new Start.Since(positions.get(random.nextInt(positions.size())));
    };
  }

  private static void hint(Hints hints, Random random) {
    if (hints.size() == 0) {
      return;
    }
    int one = random.nextInt(hints.size());
    switch (random.nextInt(6)) {
      case 0 -> hints.lose(one);
      case 1 -> hints.handOnAndKeep(one);
      case 2 -> hints.handOn(one);
      default -> hints.handOn(0);
    }
  }

  /** Whatever was lost, one more message shows; then everybody stands at the head. */
  private static void finish(World world, ChannelId channel) {
    for (Client client : world.clients) {
      client.writable(true);
    }
    world.settle();
    while (world.hints.size() > 0) {
      world.hints.handOn(0);
    }
    world.broker.listen(world.hub);
    world.publish(channel, 1);
    world.settle();
    world.assertTrue();
    Position head = world.head(channel).position();
    for (Client client : world.clients) {
      assertThat(client.refused()).isNull();
      assertThat(client.at()).isEqualTo(head);
      assertThat(client.unflushed()).isZero();
    }
  }
}
