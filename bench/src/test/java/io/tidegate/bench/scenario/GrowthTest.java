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
    assertThat(faults(1, 1, 2, 2)).isEmpty();
  }

  @Test
  void whatGrowsIsAFault() {
    assertThat(faults(100, 110, 120, 130, 140, 150, 160, 170))
        .containsExactly("live heap grew from 120.0 to 160.0 MB");
  }

  private static List<String> faults(double... heap) {
    Growth growth = new Growth();
    for (double sample : heap) {
      for (Growth.Holding holding : Growth.Holding.values()) {
        growth.add(holding, holding == Growth.Holding.LIVE_HEAP ? sample : 50);
      }
    }
    Verdict verdict = new Verdict();
    growth.tell(new Figures(), verdict);
    return verdict.faults();
  }
}
