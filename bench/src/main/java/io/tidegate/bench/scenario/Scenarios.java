package io.tidegate.bench.scenario;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every scenario, and the sets a report is made of. */
public final class Scenarios {
  private static final List<Scenario> ALL =
      List.of(
          new PublishScenario("durable", 5_000),
          new PublishScenario("window", 20_000),
          new FanoutScenario(),
          new IdleScenario(),
          new ReconnectScenario(),
          new StalledScenario(),
          new NoisyScenario(),
          new LimitsScenario(),
          new TimingScenario(),
          new SoakScenario());

  /** A named set: its title and its scenarios, in order. */
  public record ScenarioSet(String title, List<String> scenarios) {}

  private static final Map<String, ScenarioSet> SETS =
      Map.of(
          "issue-2",
          new ScenarioSet(
              "One node: publish, fan-out, idle connections, reconnect",
              List.of("publish-durable", "publish-window", "fanout", "idle", "reconnect")),
          "issue-3",
          new ScenarioSet("One node, hardened: clients that stop reading", List.of("stalled")),
          "noisy",
          new ScenarioSet("A tenant that is too loud, and its neighbour", List.of("noisy")),
          "timing",
          new ScenarioSet("What the time of an answer tells", List.of("timing")),
          "soak",
          new ScenarioSet("Half an hour of everything at once", List.of("soak")));

  private Scenarios() {}

  /** All of them. */
  public static List<Scenario> all() {
    return ALL;
  }

  /** The one called so. */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no scenario " + name + "; there are " + names()));
  }

  /** The set called so. */
  public static ScenarioSet set(String name) {
    ScenarioSet set = SETS.get(name);
    if (set == null) {
      throw new IllegalArgumentException("no set " + name + "; there are " + SETS.keySet());
    }
    return set;
  }

  private static String names() {
    return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
  }
}
