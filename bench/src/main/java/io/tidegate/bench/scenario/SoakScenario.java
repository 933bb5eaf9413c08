package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.gateway.ServerMetrics;
import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.publish.Pump;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.subscribe.Subscriber;
import io.tidegate.bench.wire.Stamp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Everything at once for long: whatever comes and goes must leave nothing behind. */
final class SoakScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Messages that fill the buffers of a reader that stalls. */
  private static final int LARGE_BYTES = 2_048;

  /** Less than the 10 s after which a slow reader is closed. */
  private static final int STALL_SECONDS = 6;

  private static final int SAMPLES_AT_LEAST = 8;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String purpose() {
    return "Publishes of all classes over REST and WebSocket, while clients come, stall, are cut or"
        + " leave, and resume, others subscribe ever new channels with tokens of their own, and history"
        + " is read: nothing is lost, what the gateway holds does not grow, and what has ended is gone";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("minutes", "30", "how long"),
        new Setting("residents", "20", "subscribers of each channel that stay"),
        new Setting("churners", "20", "subscribers of each channel that come and go"),
        new Setting("passers", "5", "connections a second to a channel of their own, cut at once"),
        new Setting("pace", "40", "messages a second on each channel"),
        new Setting(
            "warmup", "240", "seconds before the first sample: what is kept for minutes fills"));
  }

  /** One channel: who publishes, who stays, who comes and goes. */
  private record Stage(String channel, Ledger ledger, Pump pump, Crowd residents, Crowd churners) {
    boolean keepsNothing() {
      return channel.startsWith("none");
    }
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    ServerProcess server =
        lab.server().orElseThrow(() -> new IllegalArgumentException("soak needs --pid"));
    long seconds = settings.number("minutes") * 60L;
    Verdict verdict = new Verdict();
    Growth growth = new Growth();
    List<Stage> stages =
        List.of(
            stage(lab, settings, "durable:soak", "rest", Stamp.DEFAULT_SIZE),
            stage(lab, settings, "window:soak", "ws", Stamp.DEFAULT_SIZE),
            stage(lab, settings, "none:soak", "ws", Stamp.DEFAULT_SIZE),
            stage(lab, settings, "window:large", "ws", LARGE_BYTES));
    stages.forEach(stage -> stage.pump().pace(settings.number("pace")));

    long start = System.nanoTime();
    long every = Math.max(1, Math.min(60, seconds / SAMPLES_AT_LEAST));
    long nextSample = settings.number("warmup");
    Backend backend = new Backend(lab.backend());
    int round = 0;
    int passed = 0;
    long read = 0;
    while (elapsed(start) < settings.number("warmup") + seconds && verdict.faults().isEmpty()) {
      passed += passers(lab, backend, settings, passed, verdict);
      for (Stage stage : stages) {
        churn(stage, round, verdict);
        if (!stage.keepsNothing()) {
          read += backend.newest(stage.channel());
        }
      }
      if (elapsed(start) >= nextSample) {
        growth.sample(server);
        nextSample += every;
        Lab.say(elapsed(start) + " s, " + server.heapInfo());
      }
      round++;
      Thread.sleep(Math.max(0, 1_000L * round - (System.nanoTime() - start) / 1_000_000));
    }
    settle(lab, stages, verdict);
    Figures figures = new Figures();
    growth.tell(figures, verdict, every);
    gone(lab, stages, figures, verdict);
    long accepted = stages.stream().mapToLong(stage -> stage.ledger().accepted()).sum();
    figures.add("done", "messages acknowledged", "", accepted);
    figures.add("done", "passing connections", "", passed);
    figures.add("done", "messages read from history", "", read);
    figures.add("done", "rounds of churn", "", round);
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(growth.count() + " samples, each after a collection", server.heapInfo()));
  }

  private static Stage stage(Lab lab, Settings settings, String channel, String via, int size)
      throws Exception {
    int residents = settings.number("residents");
    Pump pump = new Pump(residents);
    Stage stage = new Stage(channel, new Ledger(), pump, new Crowd(), new Crowd());
    lab.subscribers(stage.residents(), residents, channel, pump.deliveries());
    stage.residents().open(64, PATIENCE);
    if (!stage.keepsNothing()) {
      // Class none keeps nothing to come back to.
      lab.subscribers(stage.churners(), settings.number("churners"), channel, Deliveries.UNHEARD);
      stage.churners().open(64, PATIENCE);
    }
    pump.use(Publishers.open(lab, via, channel, stage.ledger(), new Stamp(size), 16, pump::wake));
    return stage;
  }

  /** Of the churners each round one is cut, one leaves, and one stalls for a while. */
  private static void churn(Stage stage, int round, Verdict verdict) throws InterruptedException {
    List<Subscriber> churners = stage.churners().members();
    int each = churners.size() / 3;
    if (each == 0) {
      return;
    }
    Subscriber cut = churners.get(round % each);
    cut.cut();
    await(cut, cut.open(), verdict);
    Subscriber leaves = churners.get(each + round % each);
    if (await(leaves, leaves.leave(), verdict)) {
      await(leaves, leaves.open(), verdict);
    }
    int turn = Math.floorMod(round / (STALL_SECONDS + 2), each);
    Subscriber stalls = churners.get(2 * each + turn);
    stalls.reading(round % (STALL_SECONDS + 2) >= STALL_SECONDS);
  }

  /** Connections to channels that nobody had before. */
  private static int passers(Lab lab, Backend backend, Settings settings, int from, Verdict verdict)
      throws IOException, InterruptedException {
    int count = settings.number("passers");
    String[] classes = {"none", "window", "durable"};
    List<Subscriber> passers = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      String channel = classes[i % classes.length] + ":passer-" + i;
      Address own = backend.client("passer-" + i);
      passers.add(new Subscriber(own, lab.loops().next(), channel, Deliveries.UNHEARD));
    }
    for (Subscriber passer : passers) {
      if (await(passer, passer.open(), verdict)) {
        passer.cut();
      }
    }
    return count;
  }

  private static boolean await(
      Subscriber who, java.util.concurrent.Future<Void> done, Verdict verdict)
      throws InterruptedException {
    try {
      done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      verdict.fault(who.channel() + ": " + e);
      return false;
    }
  }

  private static void settle(Lab lab, List<Stage> stages, Verdict verdict)
      throws InterruptedException {
    for (Stage stage : stages) {
      stage.pump().stop();
      stage.churners().members().forEach(churner -> churner.reading(true));
    }
    for (Stage stage : stages) {
      boolean all =
          lab.await(
              PATIENCE,
              () ->
                  stage.pump().settled()
                      && stage.churners().members().stream()
                          .allMatch(one -> stage.ledger().settledBy(one.run())));
      if (!all) {
        verdict.fault(stage.channel() + ": not all was received within " + PATIENCE);
      }
      verdict.subscribers(stage.residents(), one -> stage.ledger());
      verdict.subscribers(stage.churners(), one -> stage.ledger());
      stage.residents().cut();
      stage.churners().cut();
    }
  }

  /** Everybody but the publishers has gone: of them the gateway may know nothing any more. */
  private static void gone(Lab lab, List<Stage> stages, Figures figures, Verdict verdict)
      throws InterruptedException {
    if (lab.metrics().isEmpty()) {
      return;
    }
    ServerMetrics metrics = lab.metrics().get();
    List<String> gauges =
        List.of("tidegate_subscriptions", "tidegate_channels", "tidegate_unsent_bytes");
    boolean none =
        lab.await(PATIENCE, () -> gauges.stream().allMatch(gauge -> now(metrics, gauge) == 0));
    for (String gauge : gauges) {
      figures.add("left when all have gone", gauge, "", now(metrics, gauge));
    }
    if (!none) {
      verdict.fault("the gateway still knows of what has ended");
    }
  }

  private static double now(ServerMetrics metrics, String gauge) {
    try {
      return ServerMetrics.sum(metrics.read(), gauge);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000_000L;
  }
}
