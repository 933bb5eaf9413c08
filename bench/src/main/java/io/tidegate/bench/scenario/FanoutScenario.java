package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.List;

/** One channel with many subscribers: several messages on their way, one, and at a pace. */
final class FanoutScenario implements Scenario {
  private static final double CPU_GOAL = 1.5;

  /** One way of publishing, and whether the goal is meant for it. */
  private record Part(String group, Runnable start, boolean goal) {}

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String purpose() {
    return "One channel to many WebSocket subscribers; n in flight: n messages are published but not"
        + " yet received by all";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("subscribers", "1000", "subscribers, a connection each"),
        new Setting("class", "window", "durability: none, window or durable"),
        new Setting("via", "ws", "publish over one WebSocket connection (ws) or REST (rest)"),
        new Setting("in-flight", "8", "messages on their way in the first part"),
        new Setting("pace", "20", "messages a second in the last part"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "8", "seconds before each part"),
        new Setting("rounds", "5", "rounds of each part"),
        new Setting("round", "5", "seconds of a round"),
        new Setting("settle", "15", "seconds to wait for what is still on its way"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    String channel = settings.text("class") + ":fanout";
    int count = settings.number("subscribers");
    int inFlight = settings.number("in-flight");
    int pace = settings.number("pace");
    Ledger ledger = new Ledger();
    Pump pump = new Pump(count);
    Crowd crowd = new Crowd();
    lab.subscribers(crowd, count, channel, pump.deliveries());
    crowd.open(64, Duration.ofSeconds(60));
    Stamp stamp = new Stamp(settings.number("size"));
    pump.use(
        Publishers.open(lab, settings.text("via"), channel, ledger, stamp, inFlight, pump::wake));

    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    List<Part> parts =
        List.of(
            new Part(inFlight + " in flight", () -> pump.keepInFlight(inFlight), true),
            new Part("1 in flight", () -> pump.keepInFlight(1), false),
            new Part(pace + " messages/s", () -> pump.pace(pace), false));
    for (Part part : parts) {
      part.start().run();
      rounds(lab, settings, figures, part);
      pump.stop();
      if (!lab.await(settings.seconds("settle"), pump::settled)) {
        verdict.fault(part.group() + ": not everything was received and answered in time");
        break; // what is stuck would hold up the other parts
      }
    }
    verdict.subscribers(crowd, s -> ledger);
    crowd.cut();
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(ledger.accepted() + " messages to " + count + " subscribers"));
  }

  private static void rounds(Lab lab, Settings settings, Figures figures, Part part)
      throws InterruptedException {
    String group = part.group();
    Lab.say(group);
    lab.warmUp(settings, tally -> tally.messages() > 0);
    for (int round = 0; round < settings.number("rounds"); round++) {
      Sample sample = lab.watch().sample(settings.seconds("round"));
      long messages = sample.tally().messages();
      if (messages == 0) {
        return;
      }
      double cpu = sample.serverCpuPerMillion(messages);
      figures.add(group, "deliveries", "messages/s", sample.deliveriesPerSecond());
      if (part.goal()) {
        figures.add(group, "cpu", "s per million deliveries", cpu, Goal.atMost(CPU_GOAL));
      } else {
        figures.add(group, "cpu", "s per million deliveries", cpu);
      }
      figures.add(group, "publish to receive p50", "ms", sample.latencyMs(50));
      figures.add(group, "publish to receive p99", "ms", sample.latencyMs(99));
      figures.add(group, "gateway", "cores", sample.serverCpu() / sample.seconds());
      figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
      figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
      Lab.say(Math.round(sample.deliveriesPerSecond()) + " deliveries/s");
    }
  }
}
