package io.tidegate.bench.scenario;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          new HopScenario(),
          new PublishScenario("one-redis", "window", 50_000, 2),
          new LostNodeScenario(),
          new TimingScenario(),
          new MetaLogScenario(),
          new WebhooksScenario(),
          new SdkPublishScenario(),
          new SdkReceiveScenario(),
          new SoakScenario());

  /**
   * A scenario of a set.
   *
   * @param options what is chosen otherwise than by default
   */
  public record Part(String scenario, Map<String, String> options) {}

  /** A named set: its title and its scenarios, in order. */
  public record ScenarioSet(String title, List<Part> parts) {}

  private static final Map<String, ScenarioSet> SETS =
      Map.of(
          "issue-2",
          set(
              "One node: publish, fan-out, idle connections, reconnect",
              "publish-durable",
              "publish-window",
              "fanout",
              "idle",
              "reconnect"),
          "issue-3",
          set("One node, hardened: clients that stop reading", "stalled"),
          "issue-4",
          new ScenarioSet(
              "A cluster: the way between nodes, one Redis, limits, a node that is lost",
              List.of(
                  new Part("limits", Map.of("nodes", "3", "rounds", "1")),
                  new Part("noisy", Map.of("nodes", "3", "warmup", "30", "round", "10")),
                  new Part("hop", Map.of()),
                  new Part("one-redis", Map.of("warmup", "30", "round", "4")),
                  // The last: it leaves the cluster without a node.
                  new Part("lost-node", Map.of()))),
          "noisy",
          set("A tenant that is too loud, and its neighbour", "noisy"),
          "timing",
          set("What the time of an answer tells", "timing"),
          "metalog",
          set("What it costs that somebody listens to an app's log", "metalog"),
          "webhooks",
          set("Webhooks: how many, how soon, and beside a target that is dead", "webhooks"),
          "sdk",
          set("One process with sdk-java: publishing, and receiving", "sdk-publish", "sdk-receive"),
          "soak",
          set("Half an hour of everything at once", "soak"));

  private static ScenarioSet set(String title, String... scenarios) {
    return new ScenarioSet(
        title, Stream.of(scenarios).map(name -> new Part(name, Map.of())).toList());
  }

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
