package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.Node;
import io.tidegate.bench.gateway.ServerMetrics;
import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.LoopMeter;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.subscribe.Subscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What a scenario works with: a gateway, an app on it, event loops, and a stopwatch. */
public final class Lab {
  private static final Duration POLL = Duration.ofMillis(5);

  /** Even a warm-up of 0 s lets the first answers come... */
  private static final Duration FIRST = Duration.ofMillis(500);

  /** ...and so many times longer, on a machine that stands still. */
  private static final int MORE = 20;

  private static final String WS = "/v1/ws";

  private final Gateway gateway;
  private final App app;
  private final Loops loops;
  private final Watch watch;

  /** A lab on {@code gateway}. */
  public Lab(Gateway gateway, App app, Loops loops) {
    this.gateway = gateway;
    this.app = app;
    this.loops = loops;
    watch =
        new Watch(
            loops,
            gateway.everyNode().stream().flatMap(node -> node.process().stream()).toList(),
            gateway.link());
  }

  App app() {
    return app;
  }

  /** The operator's side of the gateway. */
  ControlPlane control() {
    return new ControlPlane(gateway);
  }

  Loops loops() {
    return loops;
  }

  /** Looks at all nodes together. */
  Watch watch() {
    return watch;
  }

  /** Looks at one node: another may be dead. */
  Watch watch(int node) {
    return new Watch(loops, nodes().get(node).process().stream().toList(), gateway.link());
  }

  /** All nodes of the gateway. */
  List<Node> nodes() {
    return gateway.everyNode();
  }

  /** Ends a node at once. */
  void kill(int node) {
    gateway.kill(node);
  }

  Optional<ServerProcess> server() {
    return gateway.process();
  }

  /** Another tenant with these limits moves in beside the app of this lab. */
  Neighbour neighbour(Map<String, Integer> limits) throws IOException, InterruptedException {
    return Neighbour.movesIn(gateway, limits);
  }

  /** Where a backend with the key connects. */
  Address backend() {
    return backend(0);
  }

  /** The same, at one of several nodes. */
  Address backend(int node) {
    return new Address(nodes().get(node).address(), null, WS, app.keyAuthorization(), 0);
  }

  /** Where a client with a token connects. */
  Address client() {
    return client(0);
  }

  /** The same, at one of several nodes. */
  Address client(int node) {
    return new Address(nodes().get(node).address(), null, WS, app.tokenAuthorization(), 0);
  }

  /** What the gateway says of itself, where its management port is known. */
  Optional<ServerMetrics> metrics() {
    return gateway.metrics();
  }

  /** Adds subscribers of one channel, a connection each, not open yet. */
  void subscribers(Crowd crowd, int count, String channel, Deliveries deliveries) {
    subscribers(crowd, client(), count, channel, deliveries);
  }

  /** The same, connecting to this address. */
  void subscribers(Crowd crowd, Address to, int count, String channel, Deliveries deliveries) {
    for (int i = 0; i < count; i++) {
      Address from = to.source(crowd.members().size());
      crowd.add(new Subscriber(from, loops.next(), channel, deliveries));
    }
  }

  /** Lets it run for the setting {@code warmup}; fails when nothing comes through at all. */
  LoopMeter.Tally warmUp(Settings settings, Predicate<LoopMeter.Tally> flows)
      throws InterruptedException {
    say("warm-up");
    LoopMeter.Tally tally = watch.sample(settings.seconds("warmup").plus(FIRST)).tally();
    for (int i = 0; i < MORE && !flows.test(tally) && tally.failures().isEmpty(); i++) {
      tally = tally.plus(watch.sample(FIRST).tally());
    }
    if (!flows.test(tally)) {
      throw new IllegalStateException("nothing comes through; failures: " + tally.failures());
    }
    return tally;
  }

  /** Waits until it holds; false when it does not in time. */
  boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      loops.fence();
      if (condition.getAsBoolean()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** A line on what is going on now. */
  static void say(String what) {
    System.err.println("  " + what);
  }
}
