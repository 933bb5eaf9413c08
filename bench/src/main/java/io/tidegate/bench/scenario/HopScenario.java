package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs that a subscriber is connected to another node than the publisher. The same node
 * and the other take turns in short blocks, and who is first changes, so that a noise of the
 * machine meets both.
 */
final class HopScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double ADDED_MS_GOAL = 1;

  /** A warm-up has so many messages, however long that takes. */
  private static final int AT_LEAST = 10;

  @Override
  public String name() {
    return "hop";
  }

  @Override
  public String purpose() {
    return "Publishes on one node at a gentle pace, by turns to a subscriber on the same node and to one"
        + " on another: what the way between nodes adds";
  }

  @Override
  public int nodes() {
    return 2;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("classes", "window,durable", "durability, by comma: none, window, durable"),
        new Setting("via", "ws", "publish over WebSocket (ws) or REST (rest)"),
        new Setting("pace", "200", "messages a second"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "4", "seconds for each class and place, one message in flight"),
        new Setting("rounds", "7", "blocks of each class and place"),
        new Setting("round", "2", "seconds of a block"));
  }

  /** A channel that is published to at the first node, and its subscriber somewhere. */
  private record Way(Ledger ledger, Pump pump, Crowd crowd) {}

  /** A class of durability: the two ways that are compared. */
  private record Pair(String group, Way same, Way other) {
    List<Way> both() {
      return List.of(same, other);
    }
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (String durability : settings.text("classes").split(",")) {
      String channel = durability + ":hop-";
      pairs.add(
          new Pair(
              durability,
              way(lab, settings, channel + "same", 0),
              way(lab, settings, channel + "other", 1)));
    }
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    for (Pair pair : pairs) {
      for (Way way : pair.both()) {
        Lab.say("warm-up");
        way.pump().keepInFlight(1);
        Thread.sleep(settings.seconds("warmup").toMillis());
        lab.await(PATIENCE, () -> way.ledger().accepted() >= AT_LEAST);
        settle(lab, way, verdict);
      }
    }
    for (int round = 0; round < settings.number("rounds") && verdict.isGood(); round++) {
      for (Pair pair : pairs) {
        boolean sameFirst = round % 2 == 0;
        Sample first = block(lab, settings, sameFirst ? pair.same() : pair.other(), verdict);
        Sample second = block(lab, settings, sameFirst ? pair.other() : pair.same(), verdict);
        tell(figures, pair.group(), sameFirst ? first : second, sameFirst ? second : first);
      }
    }
    long messages = 0;
    for (Pair pair : pairs) {
      for (Way way : pair.both()) {
        verdict.subscribers(way.crowd(), s -> way.ledger());
        way.crowd().cut();
        messages += way.ledger().accepted();
      }
    }
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(messages + " messages, those of the warm-up with them"));
  }

  private static Way way(Lab lab, Settings settings, String channel, int node) throws Exception {
    Way way = new Way(new Ledger(), new Pump(1), new Crowd());
    lab.subscribers(way.crowd(), lab.client(node), 1, channel, way.pump().deliveries());
    way.crowd().open(1, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    way.pump()
        .use(
            Publishers.open(
                lab, settings.text("via"), channel, way.ledger(), stamp, 4, way.pump()::wake));
    return way;
  }

  private static Sample block(Lab lab, Settings settings, Way way, Verdict verdict)
      throws InterruptedException {
    Watch.Look before = lab.watch().look();
    long published = way.pump().published();
    way.pump().pace(settings.number("pace"));
    Thread.sleep(settings.seconds("round").toMillis());
    lab.await(PATIENCE, () -> way.pump().published() > published);
    settle(lab, way, verdict);
    return before.until(lab.watch().look());
  }

  private static void settle(Lab lab, Way way, Verdict verdict) throws InterruptedException {
    way.pump().stop();
    if (!lab.await(PATIENCE, way.pump()::settled)) {
      verdict.fault("not everything was received and answered within " + PATIENCE);
    }
  }

  private static void tell(Figures figures, String group, Sample same, Sample other) {
    figures.add(group, "same node p50", "ms", same.latencyMs(50));
    figures.add(group, "same node p99", "ms", same.latencyMs(99));
    figures.add(group, "other node p50", "ms", other.latencyMs(50));
    figures.add(group, "other node p99", "ms", other.latencyMs(99));
    double added = other.latencyMs(50) - same.latencyMs(50);
    figures.add(group, "added to p50", "ms", added, Goal.atMost(ADDED_MS_GOAL));
    figures.add(group, "others on the machine", "cores", other.otherCpu() / other.seconds());
    Lab.say("%s: %.2f ms, to another node %+.2f".formatted(group, same.latencyMs(50), added));
  }
}
