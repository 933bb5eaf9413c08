package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.check.Violation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that is broken off keeps what it has come to. */
class RowsTest {
  private static final Row.OfFault GOOD = fault("node-kill", 41, Map.of(), 0.99);
  private static final Row.OfFault BAD = fault("wire", 42, Map.of(Kind.LOST, 2), null);
  private static final Row.OfBug BUG =
      new Row.OfBug("swaps-two", "none", true, 1, 40_000, Map.of(Kind.TWO_CONTENTS, 7));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static Row.OfFault fault(
      String name, long seed, Map<Kind, Integer> violations, @Nullable Double ofRate) {
    List<String> first = violations.keySet().stream().map(kind -> kind + ": it").toList();
    return new Row.OfFault(
        name, "what", seed, 100, 90, 6, 4, 540, 3, ofRate, 2_000, 50_000, violations, first);
  }

  private Path file() {
    return folder.resolve("rows.jsonl");
  }

  private Rows begun() throws IOException {
    return Rows.begin(file(), new Rows.Title("abc", 40, 20_000));
  }

  @Test
  void whatWasRunIsNotRunAgain() throws IOException {
    Rows rows = begun();
    rows.add(GOOD);
    rows.add(BAD);
    rows.add(BUG);
    Rows again = Rows.resume(file(), "abc+");
    assertThat(again.all()).containsExactly(GOOD, BAD, BUG);
    assertThat(again.title().seed()).isEqualTo(40);
    assertThat(again.has(Row.key("node-kill", 41))).isTrue();
    assertThat(again.has(Row.key("node-kill", 42))).isFalse();
    assertThat(again.has(Row.key(Bug.SWAPS_TWO))).isTrue();
  }

  @Test
  void whatCouldNotBeRunIsTriedAgain() throws IOException {
    begun().add(new Row.NotRun(Row.key("wire", 41), "no jar", true));
    assertThat(Rows.resume(file(), "abc").all()).isEmpty();
  }

  @Test
  void rowsOfOtherSourcesAreNotGoneOnWith() throws IOException {
    begun().add(GOOD);
    assertThatIllegalArgumentException().isThrownBy(() -> Rows.resume(file(), "abd"));
  }

  @Test
  void theReportHasFaultsAndPlantedBugsTogether() throws Exception {
    Rows rows = begun();
    rows.add(GOOD);
    rows.add(BUG);
    rows.add(new Row.NotRun(Row.key("rolling-version", 41), "no jar", true));
    FaultsReport.write(rows, "TEETH=1", folder);
    assertThat(Files.readString(folder.resolve("faults.md")))
        .contains("make faults SEED=40 TEETH=1", "`abc`", "| node-kill | 41 | 100 |", "99.0 %")
        .contains("| swaps-two | none | run 1 |", "rolling-version 41, left out: no jar");
    assertThat(Files.readString(folder.resolve("faults.json"))).contains("\"swaps-two\"");
  }
}
