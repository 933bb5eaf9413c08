package io.tidegate.simulation;

import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Published;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Hub;
import io.tidegate.hub.ManualLoop;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tail.StoreTail;
import io.tidegate.tail.TailRepair;
import io.tidegate.usage.Meters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A node without edges: the real hub, replay and tail repair, all of whose threads stand still. */
final class SimNode {
  private static final int BEAT_MILLIS = 250;

  private final Simulation world;
  private final ManualLoop loop = new ManualLoop();
  private final ManualLoop timer = new ManualLoop();
  private final List<Runnable> blocking = new ArrayList<>();
  private final SplittableRandom random;
  private final SimBus bus;
  private final Hub hub;
  private final TailRepair repair;
  private final FanoutLoop fanout;
  private long sinceBeat;

  SimNode(Simulation world, SplittableRandom random) {
    this.world = world;
    this.random = random;
    SimBroker broker = new SimBroker(world.store(), this::confirm, this::drop);
    Stores stores = new Stores(world.directory(), broker, new SimLog(world.store()));
    Replay replay = new Replay(stores, blocking::add, () -> Instant.ofEpochMilli(world.millis()));
    hub = new Hub(broker, replay, new Meters(), timer);
    bus = new SimBus(random, hub);
    StoreTail tail = new StoreTail("sim", world.store().reader(), hub, channel -> true);
    repair = new TailRepair(List.of(tail), Runnable::run, () -> !bus.isCut(), world::millis);
    fanout = hub.loop(loop);
  }

  Hub hub() {
    return hub;
  }

  FanoutLoop fanout() {
    return fanout;
  }

  SimBus bus() {
    return bus;
  }

  /** The server takes the subscription a moment later than it was asked for. */
  private void confirm(Runnable confirmed) {
    blocking.add(
        () -> {
          bus.carry(true);
          confirmed.run();
        });
  }

  private void drop() {
    bus.carry(false);
  }

  /** The line to the bus is there again. */
  void join() {
    bus.cut(false);
    repair.hurry();
  }

  /**
   * @param tells false when the node dies between commit and fan-out
   */
  Published publish(List<Draft> drafts, boolean tells) {
    Published done = world.store().append(drafts);
    if (tells && !done.fresh().isEmpty()) {
      if (world.durability() == Durability.DURABLE) {
        hub.onMessages(Simulation.CHANNEL, done.epoch(), done.fresh(), null);
      }
      send(
          to -> to.onMessages(Simulation.CHANNEL, done.epoch(), done.fresh(), null),
          to -> to.onMessages(Simulation.CHANNEL, done.epoch(), world.carried(done.fresh()), null));
    }
    return done;
  }

  void announce(EpochStart next, EpochEnd reason) {
    hub.onEpoch(Simulation.CHANNEL, next, reason);
    Consumer<BrokerListener> hint = to -> to.onEpoch(Simulation.CHANNEL, next, reason);
    send(hint, hint);
  }

  private void send(Consumer<BrokerListener> here, Consumer<BrokerListener> elsewhere) {
    for (SimNode node : world.nodes()) {
      if (node == this && world.durability() == Durability.DURABLE) {
        continue;
      }
      node.bus.send(node == this ? here : elsewhere);
    }
  }

  void pass(long millis) {
    timer.advance(millis);
    loop.advance(millis);
    sinceBeat += millis;
    if (sinceBeat >= BEAT_MILLIS && world.bug() != Bug.SKIPS_TAIL_REPAIR) {
      sinceBeat = 0;
      blocking.add(repair::beat);
    }
  }

  /** One step of some thread. */
  void runSome() {
    switch (random.nextInt(3)) {
      case 0 -> loop.runOne();
      case 1 -> timer.runOne();
      default -> {
        if (!blocking.isEmpty()) {
          blocking.remove(random.nextInt(blocking.size())).run();
        }
      }
    }
  }

  /** Until nothing is left to do; false when there was nothing. */
  boolean runAll() {
    boolean any = false;
    boolean ran = true;
    while (ran) {
      ran = loop.runOne() | timer.runOne() | bus.step();
      if (!blocking.isEmpty()) {
        blocking.removeFirst().run();
        ran = true;
      }
      any |= ran;
    }
    return any;
  }
}
