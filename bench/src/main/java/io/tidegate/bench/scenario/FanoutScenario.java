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
        new Setting("warmup", "8", "seconds, at most"),
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
    pump.keepInFlight(inFlight);
    rounds(lab, settings, figures, inFlight + " in flight", true);
    quiet(lab, settings, pump, verdict, inFlight + " in flight");
    pump.keepInFlight(1);
    rounds(lab, settings, figures, "1 in flight", false);
    quiet(lab, settings, pump, verdict, "1 in flight");
    pump.pace(pace);
    rounds(lab, settings, figures, pace + " messages/s", false);
    quiet(lab, settings, pump, verdict, "at a pace");

    verdict.subscribers(crowd, s -> ledger);
    crowd.cut();
    return new Result(
        name(),
        purpose(),
        settings.all(),
        figures.toList(),
        verdict.faults(),
        List.of(ledger.accepted() + " messages to " + count + " subscribers"));
  }

  private static void rounds(
      Lab lab, Settings settings, Figures figures, String group, boolean goal)
      throws InterruptedException {
    Lab.say(group + ": warm-up");
    Thread.sleep(settings.seconds("warmup").toMillis());
    for (int round = 0; round < settings.number("rounds"); round++) {
      Sample sample = lab.watch().sample(settings.seconds("round"));
      long messages = sample.tally().messages();
      double cpu = sample.serverCpuPerMillion(messages);
      figures.add(group, "deliveries", "messages/s", sample.deliveriesPerSecond());
      if (goal) {
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

  private static void quiet(Lab lab, Settings settings, Pump pump, Verdict verdict, String part)
      throws InterruptedException {
    Duration settle = settings.seconds("settle");
    pump.stop();
    if (!lab.await(settle, pump::settled)) {
      verdict.fault(part + ": not everything was received and answered within " + settle);
    }
  }
}
