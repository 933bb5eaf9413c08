package io.tidegate.bench.scenario;

import io.tidegate.bench.publish.Flood;
import io.tidegate.bench.publish.Target;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tenant offers several times its rate to nodes of one cluster, evenly and all to one of them:
 * how much of it is admitted, held against rate x time + burst. Each part is a new tenant's, whose
 * burst is whole.
 */
final class LimitsScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double LEAST = 0.98;
  private static final double MOST = 1.02;

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public String purpose() {
    return "A tenant offers several times its rate over REST, evenly to all nodes and all to one: admitted,"
        + " as a part of rate x time + burst";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("class", "none", "durability: none, window or durable"),
        new Setting("limit", "100", "messages a second that the tenant may publish, and at once"),
        new Setting("times", "3", "how many times that it offers"),
        new Setting("connections", "8", "of the publisher, to each node"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "3", "seconds of another tenant doing the same"),
        new Setting("rounds", "3", "rounds of each part"),
        new Setting("round", "30", "seconds of a round"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    Figures figures = new Figures();
    Verdict verdict = new Verdict();
    List<String> notes = new ArrayList<>();
    int nodes = lab.nodes().size();
    notes.add(nodes + (nodes == 1 ? " node: --nodes starts more" : " nodes"));
    round(lab, settings, nodes, settings.seconds("warmup"), new Figures(), verdict, notes);
    for (int round = 0; round < settings.number("rounds"); round++) {
      round(lab, settings, nodes, settings.seconds("round"), figures, verdict, notes);
      round(lab, settings, 1, settings.seconds("round"), figures, verdict, notes);
    }
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }

  /** One tenant for so long, offering to so many nodes. */
  private static void round(
      Lab lab,
      Settings settings,
      int nodes,
      Duration time,
      Figures figures,
      Verdict verdict,
      List<String> notes)
      throws Exception {
    int limit = settings.number("limit");
    try (Neighbour tenant = lab.neighbour(Map.of("publishesPerSecond", limit))) {
      List<Flood> floods = new ArrayList<>();
      Target target = Target.of(settings.text("class") + ":limits");
      for (int node = 0; node < nodes; node++) {
        floods.add(
            new Flood(
                tenant.lab().backend(node),
                tenant.loops().next(),
                List.of(target),
                new Stamp(settings.number("size")),
                settings.number("connections")));
      }
      long begun = System.nanoTime();
      floods.forEach(flood -> flood.start(limit * settings.number("times") / nodes));
      Thread.sleep(time.toMillis());
      floods.forEach(Flood::stop);
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (!tenant.lab().await(PATIENCE, () -> floods.stream().allMatch(Flood::settled))) {
        verdict.fault("not everything was answered within " + PATIENCE);
      }
      long offered = floods.stream().mapToLong(Flood::offered).sum();
      long admitted = target.ledger().accepted();
      double expected = limit * seconds + limit;
      String group = nodes == 1 ? "all to one node" : "evenly to " + nodes + " nodes";
      figures.add(group, "offered", "messages/s", offered / seconds);
      figures.add(group, "admitted", "messages", admitted);
      figures.add(group, "expected", "messages", expected);
      figures.add(group, "admitted, at least", "", admitted / expected, Goal.atLeast(LEAST));
      figures.add(group, "admitted, at most", "", admitted / expected, Goal.atMost(MOST));
      Lab.say("%s: %d of %.0f, %.4f".formatted(group, admitted, expected, admitted / expected));
      Map<String, Long> answers = new TreeMap<>(tenant.loops().take().failures());
      notes.add(group + ": answered otherwise: " + answers);
    }
  }
}
