package io.tidegate.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.bench.report.Figure;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.tiny.Mischief;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterScenariosTest {
  private static final Map<String, String> HOP =
      Map.of("warmup", "0", "rounds", "1", "round", "1", "pace", "50");

  private static final Map<String, String> LOST =
      Map.of(
          "clients",
          "40",
          "channels",
          "4",
          "pace",
          "80",
          "missed",
          "60",
          "warmup",
          "1",
          "rounds",
          "2",
          "round",
          "0");

  @Test
  void bothPlacesOfAHopAreMeasured() throws Exception {
    Result result = ScenarioRun.of("hop", Mischief.NONE, HOP);
    assertThat(result.faults()).isEmpty();
    for (String durability : new String[] {"window", "durable"}) {
      assertThat(ScenarioRun.median(result, durability, "same node p50")).isPositive();
      assertThat(ScenarioRun.median(result, durability, "other node p50")).isPositive();
      assertThat(figure(result, durability, "added to p50").goal()).isPresent();
    }
  }

  @Test
  void anotherMessageThanWasPublishedIsAFault() throws Exception {
    Result result = ScenarioRun.of("hop", Mischief.FORGES, HOP);
    assertThat(String.join("\n", result.faults())).contains("not the acknowledged ones");
  }

  @Test
  void publishersAndSubscribersAreSpreadOverTheNodes() throws Exception {
    Map<String, String> given =
        Map.of("channels", "10", "connections", "4", "warmup", "0", "rounds", "1", "round", "2");
    Result result = ScenarioRun.of("one-redis", Mischief.NONE, given);
    assertThat(result.faults()).isEmpty();
    assertThat(figure(result, "window", "acknowledged").goal()).isPresent();
  }

  @Test
  void clientsThatLoseTheirNodeMissNothing() throws Exception {
    Result result = ScenarioRun.of("lost-node", Mischief.NONE, LOST);
    assertThat(result.faults()).isEmpty();
    for (String group : new String[] {"lines cut", "node killed"}) {
      assertThat(ScenarioRun.median(result, group, "missed by each")).isGreaterThanOrEqualTo(60);
      assertThat(figure(result, group, "all caught up").goal()).isPresent();
    }
    assertThat(ScenarioRun.median(result, "in all", "gaps, repeats, discontinuities")).isZero();
  }

  @Test
  void aClientThatIsNotResumedElsewhereFailsTheRun() {
    assertThatThrownBy(() -> ScenarioRun.of("lost-node", Mischief.FORGETS_POSITIONS, LOST))
        .hasMessageContaining("not resumed");
  }

  @Test
  void aMessageThatNobodyGetsIsAFault() throws Exception {
    Map<String, String> given = new HashMap<>(LOST);
    given.put("settle", "1");
    Result result = ScenarioRun.of("lost-node", Mischief.FORGETS, given);
    assertThat(String.join("\n", result.faults())).contains("were acknowledged and 0 are unknown");
  }

  @Test
  void aLimitIsHeldAgainstAllNodesTogether() throws Exception {
    Map<String, String> given =
        Map.of(
            "limit",
            "20",
            "times",
            "100",
            "connections",
            "64",
            "warmup",
            "0",
            "rounds",
            "1",
            "round",
            "3");
    Result result = over(2, "limits", Mischief.LETS_ALL_THROUGH, given);
    assertThat(figure(result, "evenly to 2 nodes", "admitted, at most").kept()).isFalse();
    assertThat(figure(result, "all to one node", "admitted, at most").kept()).isFalse();
  }

  @Test
  void aLoudTenantIsHeardAtAnotherNode() throws Exception {
    Map<String, String> given =
        Map.of(
            "subscribers",
            "4",
            "limit",
            "20",
            "admitted",
            "0",
            "warmup",
            "0",
            "rounds",
            "1",
            "round",
            "3");
    Result result = over(2, "noisy", Mischief.NONE, given);
    assertThat(result.faults()).isEmpty();
    assertThat(figure(result, "beside the loud one", "p99, times that alone").goal()).isPresent();
  }

  private static Result over(int nodes, String name, Mischief mischief, Map<String, String> given)
      throws Exception {
    return ScenarioRun.of(Scenarios.named(name), mischief, nodes, 1, given);
  }

  private static Figure figure(Result result, String group, String name) {
    return result.figures().stream()
        .filter(figure -> figure.group().equals(group) && figure.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
