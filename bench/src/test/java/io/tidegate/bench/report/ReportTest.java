package io.tidegate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.bench.report.Figure.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @Test
  void roundsBecomeMedianLeastAndGreatestAndAreHeldAgainstTheGoal(@TempDir Path folder)
      throws Exception {
    Result first = result(7, 5);
    Result both = first.with(result(6));
    Figure rate = both.figures().getFirst();
    assertThat(rate.median()).isEqualTo(6);
    assertThat(rate.min()).isEqualTo(5);
    assertThat(rate.max()).isEqualTo(7);
    assertThat(rate.kept()).isTrue();
    assertThat(result(5, 5).good()).isFalse();

    new Report("Title", Machine.here(), "abc", "Bench report", List.of(both)).write(folder, "set");
    assertThat(Files.readString(folder.resolve("set.md")))
        .contains("| g | rate | 6 | 5 - 7 | 1/s | >= 6 kept |")
        .contains(Machine.here().kernel())
        .contains("`Bench report`");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("set.json").toFile());
    JsonNode figure = json.path("results").path(0).path("figures").path(0);
    assertThat(figure.path("rounds")).hasSize(3);
    assertThat(figure.path("median").asDouble()).isEqualTo(6);
    assertThat(figure.path("kept").asBoolean()).isTrue();
  }

  private static Result result(double... values) {
    Figures figures = new Figures();
    for (double value : values) {
      figures.add("g", "rate", "1/s", value, Goal.atLeast(6));
    }
    return new Result("s", "Does it", Map.of("a", "b"), figures.toList(), List.of(), List.of());
  }
}
