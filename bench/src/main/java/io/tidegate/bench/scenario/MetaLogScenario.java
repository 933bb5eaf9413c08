package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.LogListener;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Every publish is an event of the app's log: what it costs a publish that somebody listens to it.
 * With and without a listener take turns, and each pair of rounds has its own ratio, so that a
 * noise of the machine meets both.
 */
final class MetaLogScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The hot path may cost a twentieth more. */
  private static final double RATIO_GOAL = 1.05;

  /** Of the pace: what a machine with a hiccup makes up for in the next round. */
  private static final double REACHED = 0.98;

  /** Told a second at most. */
  private static final int MOST = 200;

  /** Seconds of that: the burst, and what a listener is there for before and behind a round. */
  private static final int ALLOWANCE = 5;

  private static final String UNHEARD = "nobody listens";
  private static final String HEARD = "somebody listens";
  private static final String RATIO = "with a listener, times without";

  @Override
  public String name() {
    return "metalog";
  }

  @Override
  public String purpose() {
    return "Publishes at a pace over one WebSocket connection, each an event of the app's log; by turns"
        + " nobody and somebody listens to [meta]log";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("class", "window", "durability: none, window or durable"),
        new Setting("pace", "20000", "publishes a second: as many events"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "15", "seconds while nobody listens, and as many with a listener"),
        new Setting("rounds", "9", "pairs of rounds"),
        new Setting("round", "5", "seconds of a round"),
        new Setting("pause", "6", "seconds after a listener has gone: for 5 a node tells on"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    Ledger ledger = new Ledger();
    Pump pump = new Pump(1);
    Crowd crowd = new Crowd();
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    List<LogListener> listeners = new ArrayList<>();
    try {
      begin(lab, settings, pump, crowd, ledger);
      lab.warmUp(settings, tally -> tally.messages() > 0);
      LogListener warming = listen(lab);
      Thread.sleep(settings.seconds("warmup").toMillis());
      stop(warming, settings);
      for (int round = 0; round < settings.number("rounds"); round++) {
        Sample unheard = round(lab, settings, figures, UNHEARD);
        LogListener listener = listen(lab);
        listeners.add(listener);
        Sample heard = round(lab, settings, figures, HEARD);
        stop(listener, settings);
        lab.loops().fence();
        tell(figures, listener, heard, verdict);
        compare(figures, unheard, heard);
      }
      pump.stop();
      if (!lab.await(PATIENCE, pump::settled)) {
        verdict.fault("not everything was received and answered within " + PATIENCE);
      }
      verdict.subscribers(crowd, one -> ledger);
    } finally {
      crowd.cut();
    }
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(
            ledger.accepted() + " publishes",
            "listeners were told "
                + listeners.stream().mapToLong(LogListener::told).sum()
                + " events, and that "
                + listeners.stream().mapToLong(LogListener::skipped).sum()
                + " were skipped",
            "a ratio is of a round with a listener to the one before it without"));
  }

  private static void begin(Lab lab, Settings settings, Pump pump, Crowd crowd, Ledger ledger)
      throws Exception {
    String channel = settings.text("class") + ":metalog";
    lab.subscribers(crowd, 1, channel, pump.deliveries());
    crowd.open(1, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    pump.use(Publishers.open(lab, "ws", channel, ledger, stamp, 1, pump::wake));
    pump.pace(settings.number("pace"));
  }

  private static LogListener listen(Lab lab) throws Exception {
    LogListener listener = new LogListener(lab.backend(), lab.loops().next());
    listener.opened().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return listener;
  }

  private static void stop(LogListener listener, Settings settings) throws InterruptedException {
    listener.close();
    Thread.sleep(settings.seconds("pause").toMillis());
  }

  private static Sample round(Lab lab, Settings settings, Figures figures, String group)
      throws InterruptedException {
    Sample sample = lab.watch().sample(settings.seconds("round"));
    long publishes = sample.tally().messages();
    double rate = publishes / sample.seconds();
    double goal = settings.number("pace") * REACHED;
    figures.add(group, "events", "events/s", rate, Goal.atLeast(goal));
    if (publishes > 0) {
      figures.add(group, "cpu", "s per million events", sample.serverCpuPerMillion(publishes));
    }
    figures.add(group, "publish to receive p50", "ms", sample.latencyMs(50));
    figures.add(group, "publish to receive p99", "ms", sample.latencyMs(99));
    figures.add(group, "gateway", "cores", sample.serverCpu() / sample.seconds());
    figures.add(group, "generator", "cores", sample.ownCpu() / sample.seconds());
    figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(group + ": " + Math.round(rate) + " events/s");
    return sample;
  }

  private static void compare(Figures figures, Sample unheard, Sample heard) {
    double cpu =
        heard.serverCpuPerMillion(heard.tally().messages())
            / unheard.serverCpuPerMillion(unheard.tally().messages());
    if (Double.isFinite(cpu)) {
      figures.add(RATIO, "cpu", "", cpu, Goal.atMost(RATIO_GOAL));
    }
    figures.add(RATIO, "events", "", heard.deliveriesPerSecond() / unheard.deliveriesPerSecond());
    figures.add(RATIO, "publish to receive p50", "", heard.latencyMs(50) / unheard.latencyMs(50));
    figures.add(RATIO, "publish to receive p99", "", heard.latencyMs(99) / unheard.latencyMs(99));
  }

  /** What a listener was told: within its bound, and honest about what is left out. */
  private static void tell(Figures figures, LogListener listener, Sample heard, Verdict verdict) {
    figures.add(HEARD, "told to the listener", "events/s", listener.told() / heard.seconds());
    figures.add(HEARD, "said to be skipped", "events/s", listener.skipped() / heard.seconds());
    double bound = MOST * (heard.seconds() + ALLOWANCE);
    if (listener.told() == 0 || listener.told() > bound) {
      verdict.fault("the listener was told " + listener.told() + " events, not 1 to " + bound);
    }
    if (listener.told() + listener.skipped() < heard.tally().messages() / 2) {
      verdict.fault(
          "of "
              + heard.tally().messages()
              + " events the listener knows "
              + listener.told()
              + " and "
              + listener.skipped()
              + " that were skipped");
    }
  }
}
