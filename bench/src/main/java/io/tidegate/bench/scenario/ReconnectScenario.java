package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.List;

/** All subscribers are cut off at once in mid-stream and resume at once, publishing goes on. */
final class ReconnectScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "reconnect";
  }

  @Override
  public String purpose() {
    return "All subscribers of a channel reset at once in mid-stream, back at once with `since` while"
        + " publishing goes on; caught up: everything published before they came back was received";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("subscribers", "1000", "subscribers, a connection each"),
        new Setting("class", "durable", "durability: window or durable"),
        new Setting("via", "ws", "publish over WebSocket (ws) or REST (rest)"),
        new Setting("pace", "100", "messages a second, all the time"),
        new Setting("outage", "2", "seconds from the cut to the first reconnect"),
        new Setting("at-once", "1000", "handshakes on their way at once"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "5", "seconds"),
        new Setting("rounds", "5", "cuts; one more before them is not counted"),
        new Setting("round", "4", "seconds between cuts"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    String channel = settings.text("class") + ":reconnect";
    int count = settings.number("subscribers");
    Ledger ledger = new Ledger();
    Pump pump = new Pump(count);
    Crowd crowd = new Crowd();
    lab.subscribers(crowd, count, channel, pump.deliveries());
    crowd.open(64, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    pump.use(Publishers.open(lab, settings.text("via"), channel, ledger, stamp, 16, pump::wake));
    pump.pace(settings.number("pace"));
    Thread.sleep(settings.seconds("warmup").toMillis());

    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    cutAndResume(lab, settings, crowd, pump, new Figures(), verdict);
    for (int round = 0; round < settings.number("rounds") && verdict.faults().isEmpty(); round++) {
      Thread.sleep(settings.seconds("round").toMillis());
      cutAndResume(lab, settings, crowd, pump, figures, verdict);
    }
    pump.stop();
    if (!lab.await(PATIENCE, pump::settled)) {
      verdict.fault("not everything was received and answered within " + PATIENCE);
    }
    verdict.subscribers(crowd, s -> ledger);
    crowd.cut();
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(
            ledger.accepted() + " messages, each to " + count + " subscribers across all cuts"));
  }

  private static void cutAndResume(
      Lab lab, Settings settings, Crowd crowd, Pump pump, Figures figures, Verdict verdict)
      throws InterruptedException {
    long missedFrom = pump.published();
    crowd.cut();
    Thread.sleep(settings.seconds("outage").toMillis());
    long target = pump.published();
    Watch.Look before = lab.watch().look();
    long start = System.nanoTime();
    crowd.open(settings.number("at-once"), PATIENCE);
    double subscribed = (System.nanoTime() - start) / 1e6;
    boolean all =
        lab.await(
            PATIENCE, () -> crowd.members().stream().allMatch(s -> s.run().count() >= target));
    double caughtUp = (System.nanoTime() - start) / 1e6;
    if (!all) {
      verdict.fault("not all caught up within " + PATIENCE);
      return;
    }
    Sample sample = before.until(lab.watch().look());
    String group = crowd.members().size() + " subscribers";
    figures.add(group, "all subscribed", "ms", subscribed);
    figures.add(group, "all caught up", "ms", caughtUp);
    figures.add(group, "missed by each", "messages", target - missedFrom);
    figures.add(group, "gateway, until caught up", "cpu s", sample.serverCpu());
    figures.add(group, "generator, until caught up", "cpu s", sample.ownCpu());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say("caught up after " + Math.round(caughtUp) + " ms");
  }
}
