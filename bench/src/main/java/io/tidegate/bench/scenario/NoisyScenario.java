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
 * One tenant offers many times what it may publish: what that costs another one. Alone and beside
 * take turns, so that a noise of the machine meets both.
 */
final class NoisyScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The quiet tenant may wait half as long again as when it is alone. */
  private static final double RATIO_GOAL = 1.5;

  /** After the loud one begins or ends, before what follows is measured. */
  private static final long PAUSE_MS = 1_000;

  private static final String ALONE = "alone";
  private static final String BESIDE = "beside the loud one";

  @Override
  public String name() {
    return "noisy";
  }

  @Override
  public String purpose() {
    return "A quiet tenant publishes steadily over REST; by turns it is alone, and beside a loud one that"
        + " offers many times its limit and heeds no refusal";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("class", "durable", "durability of both: none, window or durable"),
        new Setting("pace", "100", "messages a second of the quiet tenant"),
        new Setting(
            "subscribers", "10", "of the quiet tenant, a connection each, spread over the nodes"),
        new Setting("limit", "100", "messages a second that the loud tenant may publish"),
        new Setting("times", "20", "how many times that it offers"),
        new Setting("admitted", "95", "percent of its limit that must be let through"),
        new Setting("connections", "16", "of the loud tenant's publisher, to each node"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "10", "seconds alone, and as many beside the loud one"),
        new Setting("rounds", "5", "rounds of each part"),
        new Setting("round", "10", "seconds of a round"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    Ledger ledger = new Ledger();
    Pump pump = new Pump(settings.number("subscribers"));
    Crowd crowd = new Crowd();
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    List<String> notes = new ArrayList<>();
    try (Loud loud = new Loud(lab, settings)) {
      begin(lab, settings, pump, crowd, ledger);
      warmUp(lab, loud, settings);
      List<Double> alone = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      for (int round = 0; round < settings.number("rounds"); round++) {
        alone.add(part(lab, settings, figures, ALONE));
        beside.add(besideLoud(lab, loud, settings, figures, verdict));
      }
      double ratio = median(beside) / median(alone);
      figures.add(BESIDE, "p99, times that alone", "", ratio, Goal.atMost(RATIO_GOAL));
      pump.stop();
      if (!lab.await(PATIENCE, pump::settled)) {
        verdict.fault("not everything was received and answered within " + PATIENCE);
      }
      verdict.subscribers(crowd, one -> ledger);
      loud.check(verdict);
      loud.refusals()
          .forEach((kind, n) -> notes.add("the loud one was answered " + n + " times: " + kind));
    } finally {
      crowd.cut();
    }
    notes.addFirst("the quiet one published " + ledger.accepted() + " messages");
    if (ledger.refused() + ledger.unknown() > 0) {
      verdict.fault(
          "of the quiet one " + (ledger.refused() + ledger.unknown()) + " messages were refused");
    }
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }

  private static void begin(Lab lab, Settings settings, Pump pump, Crowd crowd, Ledger ledger)
      throws Exception {
    String channel = settings.text("class") + ":quiet";
    for (int i = 0; i < settings.number("subscribers"); i++) {
      lab.subscribers(crowd, lab.client(i % lab.nodes().size()), 1, channel, pump.deliveries());
    }
    crowd.open(64, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    pump.use(Publishers.open(lab, "rest", channel, ledger, stamp, 16, pump::wake));
    pump.pace(settings.number("pace"));
  }

  private static void warmUp(Lab lab, Loud loud, Settings settings) throws InterruptedException {
    lab.warmUp(settings, tally -> tally.messages() > 0);
    loud.begin();
    Thread.sleep(settings.seconds("warmup").toMillis());
    loud.end();
    Thread.sleep(PAUSE_MS);
    loud.refusals();
  }

  /** One round of the quiet tenant; returns its p99. */
  private static double part(Lab lab, Settings settings, Figures figures, String group)
      throws InterruptedException {
    Sample sample = lab.watch().sample(settings.seconds("round"));
    double p99 = sample.latencyMs(99);
    figures.add(group, "deliveries", "messages/s", sample.deliveriesPerSecond());
    figures.add(group, "publish to receive p50", "ms", sample.latencyMs(50));
    figures.add(group, "publish to receive p99", "ms", p99);
    figures.add(group, "gateway", "cores", sample.serverCpu() / sample.seconds());
    figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(group + ": p99 " + Math.round(p99 * 10) / 10.0 + " ms");
    return p99;
  }

  /** The same while the loud one offers; and what of that is let through. */
  private static double besideLoud(
      Lab lab, Loud loud, Settings settings, Figures figures, Verdict verdict)
      throws InterruptedException {
    loud.begin();
    Thread.sleep(PAUSE_MS);
    double p99 = part(lab, settings, figures, BESIDE);
    Loud.Outcome outcome = loud.end();
    double offered = outcome.offered() / outcome.seconds();
    figures.add(BESIDE, "offered by the loud one", "messages/s", offered);
    figures.add(
        BESIDE, "of them let through", "messages/s", outcome.admitted() / outcome.seconds());
    outcome.fault().ifPresent(verdict::fault);
    Thread.sleep(PAUSE_MS);
    return p99;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
