package io.tidegate.bench.scenario;

import io.tidegate.bench.publish.Flood;
import io.tidegate.bench.publish.Target;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Thousands of clients lose their lines in mid-stream and all come at once to the other node: there
 * and back with the lines cut, and at last as their node is killed. Publishes go on meanwhile, over
 * the node that stays.
 */
final class LostNodeScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of the publisher that goes on all the time. */
  private static final int CONNECTIONS = 16;

  /** The node that is not lost; the other is the first. */
  private static final int STAYING = 1;

  @Override
  public String name() {
    return "lost-node";
  }

  @Override
  public String purpose() {
    return "Clients on many channels, of classes durable and window by turns, lose their lines, miss some"
        + " blocks of messages and all resume at once at the other node, while publishing goes on; at"
        + " last their node is killed";
  }

  @Override
  public int nodes() {
    return 2;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("clients", "5000", "clients, a connection and a channel each"),
        new Setting("channels", "100", "channels"),
        new Setting("pace", "200", "messages a second on all channels, all the time"),
        new Setting("missed", "300", "messages more on each channel while the clients are away"),
        new Setting("at-once", "5000", "handshakes on their way at once"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "4", "seconds"),
        new Setting("rounds", "2", "cuts before the node is killed; the first is not counted"),
        new Setting("round", "3", "seconds between them"),
        new Setting("settle", "60", "seconds to wait for what is still on its way"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < settings.number("channels"); i++) {
      targets.add(Target.of((i % 2 == 0 ? "durable" : "window") + ":lost-" + i));
    }
    Crowd crowd = new Crowd();
    for (int i = 0; i < settings.number("clients"); i++) {
      String channel = targets.get(i % targets.size()).channel();
      lab.subscribers(crowd, 1, channel, Deliveries.UNHEARD);
    }
    crowd.open(64, PATIENCE);
    Stamp stamp = new Stamp(settings.number("size"));
    Flood flood = new Flood(lab.backend(STAYING), lab.loops().next(), targets, stamp, CONNECTIONS);
    flood.start(settings.number("pace"));
    lab.warmUp(settings, tally -> tally.messages() > 0);

    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    Exodus exodus = new Exodus(lab, settings, STAYING, crowd, targets);
    int at = 0;
    for (int round = 0; round < settings.number("rounds"); round++) {
      at = 1 - at;
      Lab.say("lines cut");
      exodus.to(at, crowd::cut).tell(round == 0 ? new Figures() : figures, "lines cut", verdict);
      Thread.sleep(settings.seconds("round").toMillis());
    }
    if (at == STAYING) {
      exodus.to(0, crowd::cut);
    }
    Lab.say("node killed");
    exodus.to(STAYING, () -> lab.kill(0)).tell(figures, "node killed", verdict);

    flood.stop();
    Duration settle = settings.seconds("settle");
    boolean all =
        lab.await(PATIENCE, flood::settled)
            && lab.await(
                settle,
                () ->
                    crowd.members().stream()
                        .allMatch(s -> exodus.target(s).ledger().settledBy(s.run())));
    if (!all) {
      verdict.fault("not everything was received and answered within " + settle);
    }
    verdict.subscribers(crowd, s -> exodus.target(s).ledger());
    int faults = crowd.members().stream().mapToInt(s -> s.run().faultCount()).sum();
    figures.add("in all", "gaps, repeats, discontinuities", "", faults, Goal.atMost(0));
    crowd.cut();
    long accepted = targets.stream().mapToLong(target -> target.ledger().accepted()).sum();
    List<String> notes = new ArrayList<>();
    notes.add(
        accepted + " messages; each client had all of its channel once and in order, across all");
    Map<String, Long> failures = new TreeMap<>(lab.loops().take().failures());
    failures.forEach((kind, count) -> notes.add("publishes answered " + count + " times: " + kind));
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }
}
