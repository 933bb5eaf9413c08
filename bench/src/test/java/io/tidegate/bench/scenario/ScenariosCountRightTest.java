package io.tidegate.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.bench.report.Result;
import io.tidegate.bench.tiny.Mischief;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenariosCountRightTest {
  private static final Map<String, String> PUBLISH =
      Map.of("channels", "10", "connections", "4", "warmup", "0", "rounds", "2", "round", "2");

  private static final Map<String, String> FANOUT =
      Map.of("subscribers", "50", "warmup", "0", "rounds", "1", "round", "2", "pace", "40");

  /** A machine that stands still for a second lets less through. */
  private static final Map<String, String> NOISY =
      Map.of(
          "subscribers",
          "3",
          "limit",
          "20",
          "admitted",
          "0",
          "warmup",
          "0",
          "rounds",
          "2",
          "round",
          "3");

  @Test
  void publishReceivesExactlyWhatWasAcknowledged() throws Exception {
    Result result = ScenarioRun.of("publish-durable", Mischief.NONE, PUBLISH);
    assertThat(result.faults()).isEmpty();
    assertThat(ScenarioRun.median(result, "durable", "acknowledged")).isPositive();
    assertThat(ScenarioRun.median(result, "durable", "publish to receive p99")).isPositive();
    assertThat(ScenarioRun.median(result, "durable", "requests refused or failed")).isZero();
  }

  @Test
  void aRefusedArrayIsToldAndIsNoFault() throws Exception {
    Result result = ScenarioRun.of("publish-window", Mischief.REFUSES, PUBLISH);
    assertThat(result.faults()).isEmpty();
    assertThat(String.join("\n", result.notes())).contains("answered 1 times: HTTP 503 50300");
  }

  @ParameterizedTest
  @CsvSource({"ws, 1, NONE", "ws, 2, NONE", "rest, 1, NONE", "ws, 1, OTHER_ORDER"})
  void fanoutReachesEverySubscriber(String via, int loops, Mischief mischief) throws Exception {
    Map<String, String> given = new java.util.HashMap<>(FANOUT);
    given.put("via", via);
    Result result = ScenarioRun.of("fanout", mischief, loops, given);
    assertThat(result.faults()).isEmpty();
    assertThat(ScenarioRun.median(result, "8 in flight", "deliveries")).isPositive();
    // 40 messages a second to 50 subscribers, or what a busy machine makes of it; far from all that
    // the tiny gateway could.
    assertThat(ScenarioRun.median(result, "40 messages/s", "deliveries"))
        .isPositive()
        .isLessThan(6_000.0);
  }

  @Test
  void idleConnectionsAreAllAliveAtTheEnd() throws Exception {
    Map<String, String> given = Map.of("connections", "200", "warmup-connections", "20");
    Result result = ScenarioRun.of("idle", Mischief.NONE, given);
    assertThat(result.faults()).isEmpty();
    assertThat(ScenarioRun.median(result, "200 connections", "live heap")).isPositive();
  }

  @Test
  void aLoudTenantIsLetThroughWhatItsLimitSays() throws Exception {
    Result result = ScenarioRun.of("noisy", Mischief.NONE, NOISY);
    assertThat(result.faults()).isEmpty();
    assertThat(ScenarioRun.median(result, "alone", "publish to receive p99")).isPositive();
    assertThat(ScenarioRun.median(result, "beside the loud one", "p99, times that alone"))
        .isPositive();
    assertThat(String.join("\n", result.notes())).contains("HTTP 429 42900");
  }

  @Test
  void aLimitThatIsNotKeptIsAFault() throws Exception {
    Result result = ScenarioRun.of("noisy", Mischief.LETS_ALL_THROUGH, NOISY);
    assertThat(String.join("\n", result.faults())).contains("were let through, not");
  }

  @Test
  void reconnectIsGapless() throws Exception {
    Map<String, String> given =
        Map.of("subscribers", "50", "outage", "1", "warmup", "0", "rounds", "2", "round", "0");
    Result result = ScenarioRun.of("reconnect", Mischief.NONE, given);
    assertThat(result.faults()).isEmpty();
    assertThat(ScenarioRun.median(result, "50 subscribers", "missed by each")).isPositive();
    assertThat(ScenarioRun.median(result, "50 subscribers", "all caught up")).isPositive();
  }
}
