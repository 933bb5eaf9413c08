package io.tidegate.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.bench.report.Result;
import io.tidegate.bench.tiny.Mischief;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisbehaviourIsDetectedTest {
  @ParameterizedTest
  @CsvSource({
    "LOSES, gap: 6 after 4",
    "REPEATS, repeat: 5 after 5",
    "SWAPS, repeat: 5 after 6",
    "FORGES, not the acknowledged ones",
    "FORGETS, were acknowledged and 0 are unknown",
    "HANGS_UP, closed 1000"
  })
  void oneWrongMessageIsAFault(Mischief mischief, String words) throws Exception {
    Map<String, String> given =
        Map.of(
            "channels",
            "1",
            "connections",
            "1",
            "batch",
            "1",
            "warmup",
            "0",
            "rounds",
            "1",
            "round",
            "1",
            "settle",
            "1");
    Result result = ScenarioRun.of("publish-window", mischief, given);
    assertThat(result.good()).isFalse();
    assertThat(String.join("\n", result.faults())).contains(words);
  }

  @Test
  void aLostMessageStallsTheFanOutAndIsAFault() throws Exception {
    Map<String, String> given =
        Map.of("subscribers", "5", "warmup", "0", "rounds", "1", "round", "1", "settle", "1");
    Result result = ScenarioRun.of("fanout", Mischief.LOSES, given);
    assertThat(String.join("\n", result.faults()))
        .contains("not everything was received")
        .contains("gap: 6 after 4");
  }

  @Test
  void aLogThatTellsNothingIsAFault() throws Exception {
    Map<String, String> given =
        Map.of("pace", "50", "warmup", "0", "rounds", "1", "round", "1", "pause", "0");
    Result result = ScenarioRun.of("metalog", Mischief.NONE, given);
    assertThat(String.join("\n", result.faults()))
        .contains("the listener was told 0 events")
        .contains("and 0 that were skipped");
  }

  @Test
  void aGatewayThatAnswersNothingHasNoFigures() {
    Map<String, String> given = Map.of("warmup", "0", "channels", "1", "rounds", "1");
    assertThatThrownBy(() -> ScenarioRun.of("publish-durable", Mischief.DENIES, given))
        .hasMessageContaining("HTTP 404 40400");
  }

  @Test
  void aPositionNotResumedFailsTheReconnect() {
    Map<String, String> given =
        Map.of("subscribers", "5", "outage", "1", "warmup", "0", "rounds", "1", "round", "0");
    assertThatThrownBy(() -> ScenarioRun.of("reconnect", Mischief.FORGETS_POSITIONS, given))
        .hasMessageContaining("not resumed");
  }
}
