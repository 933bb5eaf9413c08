package io.tidegate.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.bench.report.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {
  @Test
  void whatBreathesDoesNotGrow() {
    assertThat(faults(100, 160, 90, 110, 95, 150, 100, 105)).isEmpty();
    assertThat(faults(400, 300, 200, 100)).isEmpty();
    assertThat(faults(100, 100, 900, 101, 100, 900, 101, 100)).isEmpty();
    assertThat(faults(1, 1, 2, 2)).isEmpty();
  }

  @Test
  void whatGrowsIsAFault() {
    assertThat(faults(100, 110, 120, 130, 140, 150, 160, 170))
        .containsExactly("live heap grew from 110.0 to 170.0 MB");
    assertThat(faults(100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112))
        .containsExactly("live heap grew from 102.0 to 111.0 MB");
  }

  private static List<String> faults(double... heap) {
    Growth growth = new Growth();
    for (double sample : heap) {
      for (Growth.Holding holding : Growth.Holding.values()) {
        growth.add(holding, holding == Growth.Holding.LIVE_HEAP ? sample : 50);
      }
    }
    Verdict verdict = new Verdict();
    growth.tell(new Figures(), verdict, 60);
    return verdict.faults();
  }
}
