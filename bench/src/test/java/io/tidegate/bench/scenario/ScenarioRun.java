package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.report.Figure;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.tiny.Mischief;
import io.tidegate.bench.tiny.TinyGateway;
import java.util.List;
import java.util.Map;

/** Runs a scenario, small, against a tiny gateway. */
final class ScenarioRun {
  private ScenarioRun() {}

  static Result of(String name, Mischief mischief, Map<String, String> given) throws Exception {
    return of(name, mischief, 1, given);
  }

  static Result of(String name, Mischief mischief, int loopCount, Map<String, String> given)
      throws Exception {
    Scenario scenario = Scenarios.named(name);
    return of(scenario, mischief, scenario.nodes(), loopCount, given);
  }

  static Result of(
      Scenario scenario, Mischief mischief, int nodes, int loopCount, Map<String, String> given)
      throws Exception {
    try (TinyGateway gateway = new TinyGateway(mischief, nodes);
        Loops loops = new Loops(loopCount)) {
      Lab lab =
          new Lab(gateway, new ControlPlane(gateway).createApp(NamespaceRules.EVERY_CLASS), loops);
      return scenario.run(lab, new Settings(scenario.settings(), List.of(), given));
    }
  }

  static double median(Result result, String group, String name) {
    return result.figures().stream()
        .filter(figure -> figure.group().equals(group) && figure.name().equals(name))
        .mapToDouble(Figure::median)
        .findFirst()
        .orElseThrow();
  }
}
