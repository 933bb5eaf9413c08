package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.ControlPlane.Webhook;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What webhooks carry, how soon, and what a dead target costs the healthy one beside it. */
final class WebhooksScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** "Within seconds", whatever stands beside. */
  private static final double SOON_MS = 2_000;

  private static final String ALONE = "alone";
  private static final String BESIDE = "beside a dead one";

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String purpose() {
    return "Durable messages are told to a target that takes each at once: all at once, by ones and in batches;"
        + " and at a pace, by turns alone and beside a target that accepts connections and never answers";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("channels", "100", "channels that are published to"),
        new Setting("burst", "20", "messages of each, published at once"),
        new Setting("batch", "20", "events in a call, where they come in batches"),
        new Setting("pace", "50", "messages a second, otherwise"),
        new Setting("warmup", "2", "bursts, and blocks at the pace, before"),
        new Setting("rounds", "5", "rounds of each part"),
        new Setting("round", "10", "seconds of a round at the pace"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    bursts(lab, settings, figures, verdict, "by ones", 1);
    int batch = settings.number("batch");
    bursts(lab, settings, figures, verdict, "batches of " + batch, batch);
    List<String> notes = new ArrayList<>();
    notes.add("http on loopback: a connection, and no handshake of TLS, for each call");
    if (verdict.isGood()) {
      paced(lab, settings, figures, verdict, notes);
    }
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }

  /** As many as it can carry: how long until the last of what was published at once has come. */
  private static void bursts(
      Lab lab, Settings settings, Figures figures, Verdict verdict, String group, int batch)
      throws Exception {
    ControlPlane control = lab.control();
    String prefix = "durable:burst-" + batch + "-";
    Hooked publisher = new Hooked(lab.backend(), prefix, settings.number("channels"));
    try (HookTarget target = new HookTarget(verdict)) {
      Webhook webhook = control.webhook(lab.app(), target.url(), prefix + "*", batch);
      target.know(webhook.secret());
      long expected = 0;
      for (int round = -settings.number("warmup"); round < settings.number("rounds"); round++) {
        long events = (long) settings.number("channels") * settings.number("burst");
        expected += events;
        Watch.Look before = lab.watch().look();
        publisher.burst(settings.number("burst"));
        if (!arrives(lab, target, expected, verdict)) {
          return;
        }
        Sample sample = before.until(lab.watch().look());
        HookTarget.Came came = target.came();
        if (round >= 0) {
          tell(figures, group, sample, events, came);
        }
      }
      control.enable(webhook, false);
    }
  }

  private static void tell(
      Figures figures, String group, Sample sample, long events, HookTarget.Came came) {
    double rate = events / sample.seconds();
    figures.add(group, "events", "events/s", rate);
    figures.add(group, "calls", "calls/s", came.calls() / sample.seconds());
    figures.add(group, "cpu", "s per million events", sample.serverCpuPerMillion(events));
    double database = sample.databaseCpu() / (events / 1e6);
    figures.add(group, "cpu of the database", "s per million events", database);
    figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(group + ": " + Math.round(rate) + " events/s");
  }

  /** How soon: alone and beside take turns, so that a noise of the machine meets both. */
  private static void paced(
      Lab lab, Settings settings, Figures figures, Verdict verdict, List<String> notes)
      throws Exception {
    ControlPlane control = lab.control();
    String prefix = "durable:paced-";
    Hooked publisher = new Hooked(lab.backend(), prefix, settings.number("channels"));
    try (HookTarget healthy = new HookTarget(verdict);
        SilentTarget silent = new SilentTarget()) {
      Webhook webhook = control.webhook(lab.app(), healthy.url(), prefix + "*", 1);
      healthy.know(webhook.secret());
      Webhook dead = control.webhook(lab.app(), silent.url(), prefix + "*", 1);
      List<HookTarget.Came> alone = new ArrayList<>();
      List<HookTarget.Came> beside = new ArrayList<>();
      for (int round = -settings.number("warmup"); round < settings.number("rounds"); round++) {
        control.enable(dead, false);
        HookTarget.Came one = block(lab, settings, publisher, healthy, verdict);
        control.enable(dead, true);
        int calls = silent.calls();
        HookTarget.Came other = block(lab, settings, publisher, healthy, verdict);
        if (silent.calls() == calls) {
          verdict.fault("the dead target was not called");
        }
        if (!verdict.isGood()) {
          return;
        }
        if (round >= 0) {
          alone.add(one);
          beside.add(other);
          Lab.say("p99 %.0f ms, beside %.0f ms".formatted(one.millis(99), other.millis(99)));
        }
      }
      tell(figures, ALONE, alone);
      tell(figures, BESIDE, beside);
      for (int percentile : List.of(50, 99)) {
        double ratio = median(beside, percentile) / median(alone, percentile);
        figures.add(BESIDE, "p" + percentile + ", times that alone", "", ratio);
      }
      notes.add(healthy.events() + " events at the pace, " + healthy.repeated() + " of them twice");
      notes.add("the dead target was called " + silent.calls() + " times");
    }
  }

  private static HookTarget.Came block(
      Lab lab, Settings settings, Hooked publisher, HookTarget target, Verdict verdict)
      throws InterruptedException {
    long expected =
        target.events() + publisher.pace(settings.number("pace"), settings.seconds("round"));
    arrives(lab, target, expected, verdict);
    return target.came();
  }

  private static boolean arrives(Lab lab, HookTarget target, long expected, Verdict verdict)
      throws InterruptedException {
    boolean all = lab.await(PATIENCE, () -> target.events() >= expected);
    if (!all) {
      verdict.fault(target.events() + " of " + expected + " events came within " + PATIENCE);
    }
    return all;
  }

  private static void tell(Figures figures, String group, List<HookTarget.Came> rounds) {
    for (HookTarget.Came came : rounds) {
      figures.add(group, "event to arrival p50", "ms", came.millis(50));
      figures.add(group, "event to arrival p99", "ms", came.millis(99), Goal.atMost(SOON_MS));
    }
  }

  private static double median(List<HookTarget.Came> rounds, int percentile) {
    return rounds.stream()
        .map(came -> came.millis(percentile))
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
