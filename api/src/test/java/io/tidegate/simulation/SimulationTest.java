package io.tidegate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure names its seed, which repeats it exactly. */
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("tidegate.simulations", 150_000);

  /** A planted bug shows in far fewer. */
  private static final int TEETH = 5_000;

  @Test
  void whateverFailsNobodyLosesAMessageUnawaresAndEverybodyArrives() {
    List<String> broken =
        LongStream.range(0, SCHEDULES)
            .parallel()
            .mapToObj(seed -> outcome(seed, Bug.NONE))
            .filter(outcome -> !outcome.isEmpty())
            .limit(5)
            .toList();
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyPlantedBugIsFound(Bug bug) {
    assertThat(LongStream.range(0, TEETH).anyMatch(seed -> !outcome(seed, bug).isEmpty())).isTrue();
  }

  @Test
  void oneSeedIsOneSchedule() {
    for (long seed = 0; seed < 200; seed++) {
      assertThat(Simulation.run(seed, Bug.SWAPS_TWO))
          .isEqualTo(Simulation.run(seed, Bug.SWAPS_TWO));
    }
  }

  private static String outcome(long seed, Bug bug) {
    try {
      List<String> broken = Simulation.run(seed, bug);
      return broken.isEmpty() ? "" : "seed " + seed + ": " + broken;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
