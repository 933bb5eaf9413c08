package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.LoopMeter;
import io.tidegate.bench.publish.BatchPublisher;
import io.tidegate.bench.publish.Target;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Arrays over REST to many channels, each with a subscriber, as fast as they are answered. With
 * several nodes both are spread over them, so that who subscribes at one hears from all.
 */
final class PublishScenario implements Scenario {
  private final String name;
  private final String durability;
  private final int goal;
  private final int nodes;

  /** On one node. */
  PublishScenario(String durability, int goal) {
    this("publish-" + durability, durability, goal, 1);
  }

  /** On so many nodes, which are linked by one Redis. */
  PublishScenario(String name, String durability, int goal, int nodes) {
    this.name = name;
    this.durability = durability;
    this.goal = goal;
    this.nodes = nodes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int nodes() {
    return nodes;
  }

  @Override
  public String purpose() {
    return "Arrays over REST to channels of class "
        + durability
        + " with one WebSocket subscriber each, every connection one request at a time"
        + (nodes == 1 ? "" : "; publishers and subscribers spread over the nodes");
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("channels", "100", "channels, one subscriber each"),
        new Setting("connections", "16", "publishing connections"),
        new Setting("batch", "20", "messages in an array"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "8", "seconds"),
        new Setting("rounds", "5", "rounds"),
        new Setting("round", "6", "seconds of a round"),
        new Setting("settle", "40", "seconds to wait for what is still on its way"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws InterruptedException {
    Map<String, Ledger> ledgers = new HashMap<>();
    List<Target> targets = new ArrayList<>();
    Crowd crowd = new Crowd();
    for (int i = 0; i < settings.number("channels"); i++) {
      String channel = durability + ":publish-" + i;
      Target target = Target.of(channel);
      targets.add(target);
      ledgers.put(channel, target.ledger());
      Address node = lab.client(i % lab.nodes().size());
      lab.subscribers(crowd, node, 1, channel, Deliveries.UNHEARD);
    }
    crowd.open(32, Duration.ofSeconds(30));
    List<BatchPublisher> publishers = publishers(lab, settings, targets);
    publishers.forEach(BatchPublisher::start);
    Figures figures = new Figures();
    LoopMeter.Tally warmUp = lab.warmUp(settings, tally -> tally.accepted() > 0);
    Map<String, Long> failures = new TreeMap<>(warmUp.failures());
    for (int round = 0; round < settings.number("rounds"); round++) {
      Sample sample = lab.watch().sample(settings.seconds("round"));
      sample.tally().failures().forEach((kind, n) -> failures.merge(kind, n, Long::sum));
      add(figures, sample);
    }
    publishers.forEach(BatchPublisher::stop);
    Verdict verdict = new Verdict();
    Duration settle = settings.seconds("settle");
    if (!lab.await(settle, () -> publishers.stream().allMatch(BatchPublisher::idle))) {
      verdict.fault("requests without an answer after " + settle);
    }
    lab.await(
        settle,
        () ->
            crowd.members().stream()
                .allMatch(s -> ledger(ledgers, s.channel()).settledBy(s.run())));
    verdict.subscribers(crowd, s -> ledger(ledgers, s.channel()));
    crowd.cut();
    List<String> notes = new ArrayList<>();
    long accepted = ledgers.values().stream().mapToLong(Ledger::accepted).sum();
    notes.add("acknowledged and received in all: " + accepted + " messages");
    failures.forEach((kind, count) -> notes.add("answered " + count + " times: " + kind));
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }

  private List<BatchPublisher> publishers(Lab lab, Settings settings, List<Target> targets) {
    Stamp stamp = new Stamp(settings.number("size"));
    AtomicLong numbers = new AtomicLong();
    int connections = settings.number("connections");
    List<BatchPublisher> publishers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int first = i * targets.size() / connections;
      publishers.add(
          new BatchPublisher(
              lab.backend(i % lab.nodes().size()),
              lab.loops().next(),
              targets,
              first,
              settings.number("batch"),
              stamp,
              numbers));
    }
    return publishers;
  }

  private void add(Figures figures, Sample sample) {
    long accepted = sample.tally().accepted();
    String group = durability;
    double rate = accepted / sample.seconds();
    figures.add(group, "acknowledged", "messages/s", rate, Goal.atLeast(goal));
    if (accepted == 0) {
      return;
    }
    figures.add(group, "request p50", "ms", sample.requestMs(50));
    figures.add(group, "request p99", "ms", sample.requestMs(99));
    figures.add(group, "publish to receive p50", "ms", sample.latencyMs(50));
    figures.add(group, "publish to receive p99", "ms", sample.latencyMs(99));
    figures.add(group, "cpu", "s per million messages", sample.serverCpuPerMillion(accepted));
    double database = sample.databaseCpu() / (accepted / 1e6);
    figures.add(group, "cpu of the database", "s per million messages", database);
    if (!Double.isNaN(sample.redisCpu())) {
      double redis = sample.redisCpu() / (accepted / 1e6);
      figures.add(group, "cpu of Redis", "us per message", redis);
      figures.add(group, "Redis", "cores", sample.redisCpu() / sample.seconds());
    }
    double failed = sample.tally().failures().values().stream().mapToLong(n -> n).sum();
    figures.add(group, "requests refused or failed", "", failed);
    figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(Math.round(rate) + " messages/s");
  }

  private static Ledger ledger(Map<String, Ledger> ledgers, String channel) {
    return Objects.requireNonNull(ledgers.get(channel));
  }
}
