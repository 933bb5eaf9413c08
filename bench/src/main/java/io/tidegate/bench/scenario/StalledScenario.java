package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.gateway.ServerMetrics;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some of a channel's subscribers stop reading: what that costs the others, and the gateway. */
final class StalledScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double MEGA = 1 << 20;

  /** The others may wait twice as long as when everybody reads. */
  private static final double RATIO_GOAL = 2;

  /** The named bounds of the gateway, in bytes: rings and inboxes of each event loop. */
  private static final double LOOP_BOUND = 64 << 20;

  @Override
  public String name() {
    return "stalled";
  }

  @Override
  public String purpose() {
    return "Large messages to many WebSocket subscribers of one channel; everybody reads, then some stop"
        + " reading: they are thrown out, the others are not to notice, and those resume without a gap";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("subscribers", "2000", "subscribers, a connection each"),
        new Setting("stalled", "200", "of them, which stop reading"),
        new Setting("receive-buffer", "16384", "SO_RCVBUF of those, in bytes"),
        new Setting("class", "window", "durability: window or durable"),
        new Setting("via", "ws", "publish over WebSocket (ws) or REST (rest)"),
        new Setting("pace", "1", "messages a second"),
        new Setting("size", "65000", "bytes of data"),
        new Setting("warmup", "10", "seconds"),
        new Setting("round", "60", "seconds of each part"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    String channel = settings.text("class") + ":stalled";
    int slowOnes = settings.number("stalled");
    int count = settings.number("subscribers");
    Ledger ledger = new Ledger();
    Pump pump = new Pump(count);
    Crowd others = new Crowd();
    Crowd stalled = new Crowd();
    lab.subscribers(others, count - slowOnes, channel, pump.deliveries());
    lab.subscribers(
        stalled,
        lab.client().receiveBuffer(settings.number("receive-buffer")),
        slowOnes,
        channel,
        pump.deliveries());
    others.open(64, PATIENCE);
    stalled.open(64, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    pump.use(Publishers.open(lab, settings.text("via"), channel, ledger, stamp, 16, pump::wake));
    pump.pace(settings.number("pace"));
    lab.warmUp(settings, tally -> tally.messages() > 0);

    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    Lab.say("everybody reads");
    Sample before = part(lab, settings, figures, "everybody reads", new HashMap<>());
    Lab.say("some stop reading");
    stalled.stall();
    Map<String, Double> peaks = new HashMap<>();
    Sample after = part(lab, settings, figures, "some stop reading", peaks);
    double ratio = after.latencyMs(99) / before.latencyMs(99);
    figures.add("some stop reading", "p99, times that before", "", ratio, Goal.atMost(RATIO_GOAL));
    bounds(peaks, figures, verdict);
    thrownOut(lab, slowOnes, figures, verdict);

    stalled.cut();
    stalled.open(64, PATIENCE);
    pump.stop();
    if (!lab.await(PATIENCE, pump::settled)) {
      verdict.fault("not everything was received and answered within " + PATIENCE);
    }
    verdict.subscribers(others, s -> ledger).subscribers(stalled, s -> ledger);
    others.cut();
    stalled.cut();
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(
            ledger.accepted() + " messages, each to " + count + " subscribers",
            "those that stopped came back with `since` and had every message once"));
  }

  /** One part, its figures, and the gauges' greatest values in it. */
  private static Sample part(
      Lab lab, Settings settings, Figures figures, String group, Map<String, Double> peaks)
      throws InterruptedException {
    Watch.Look start = lab.watch().look();
    long end = System.nanoTime() + settings.seconds("round").toNanos();
    while (System.nanoTime() < end) {
      Thread.sleep(Math.min(500, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      if (lab.metrics().isPresent()) {
        lab.metrics().get().read().forEach((name, value) -> peaks.merge(name, value, Math::max));
      }
    }
    Sample sample = start.until(lab.watch().look());
    figures.add(group, "deliveries", "messages/s", sample.deliveriesPerSecond());
    figures.add(group, "publish to receive p50", "ms", sample.latencyMs(50));
    figures.add(group, "publish to receive p99", "ms", sample.latencyMs(99));
    figures.add(group, "gateway", "cores", sample.serverCpu() / sample.seconds());
    figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    return sample;
  }

  private static void bounds(Map<String, Double> peaks, Figures figures, Verdict verdict) {
    for (String gauge : List.of("tidegate_ring_bytes", "tidegate_inbox_bytes")) {
      double most = ServerMetrics.sum(peaks, gauge);
      figures.add("gauges, at most", gauge, "MB", most / MEGA);
      if (most > LOOP_BOUND * Runtime.getRuntime().availableProcessors()) {
        verdict.fault(gauge + " was " + most + ", over its bound");
      }
    }
    double direct = ServerMetrics.sum(peaks, "jvm_buffer_memory_used_bytes{id=\"direct\"");
    figures.add("gauges, at most", "direct memory", "MB", direct / MEGA);
    double heap = ServerMetrics.sum(peaks, "jvm_memory_used_bytes{area=\"heap\"");
    figures.add("gauges, at most", "heap", "MB", heap / MEGA);
  }

  private static void thrownOut(Lab lab, int expected, Figures figures, Verdict verdict)
      throws InterruptedException {
    if (lab.metrics().isEmpty()) {
      return;
    }
    double ended =
        lab.metrics().get().read().entrySet().stream()
            .filter(one -> one.getKey().startsWith("tidegate_connections_ended_total"))
            .filter(one -> one.getKey().contains("reason=\"slow-consumer\""))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    figures.add("some stop reading", "ended as too slow", "connections", ended);
    if (ended != expected) {
      verdict.fault(ended + " connections were ended as too slow, not " + expected);
    }
  }
}
