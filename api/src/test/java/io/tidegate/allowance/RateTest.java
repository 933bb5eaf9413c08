package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void checksItself() {
    assertThat(Rate.perSecond(0)).isEqualTo(new Rate(0, 1));
    assertThat(Rate.of(null, 5L)).isNull();
    assertThat(Rate.of(3L, null)).isEqualTo(new Rate(3, 3));
    assertThat(Rate.of(3L, 0L)).isEqualTo(new Rate(3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
  }
}
